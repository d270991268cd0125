"""scratch"""
import time, collections
import pytest
from trials.tests.whole_site.test_every_page import watched, _arrive
from trials.tests.whole_site.invented import *
from trials.tests.whole_site.pages import *
from trials.tests.whole_site.watching import *
pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
def test_x(watched):
    load_invented_trials()
    page=watched.page
    T=collections.Counter(); P=collections.Counter()
    for s in (*PAGES, API_DOCS):
        for f,n in ((lambda:_arrive(page,s),"arrive"),(lambda:too_wide(page,640,320),"wide"),(lambda:what_moves(page),"moves"),(lambda:covered_focus(page,1280,320),"focus"),(lambda:axe_violations(page,s.excluded),"axe")):
            t=time.time(); f(); d=time.time()-t; T[n]+=d; P[s.name+" "+n]+=d
    print("TT",T); print("TT",P.most_common(14))
