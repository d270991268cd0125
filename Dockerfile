# The site for production. Web, worker, scheduler and the migration are the same image with different commands;
# see docker-compose.yml. No secret is in the image: it does not start without DJANGO_SECRET_KEY, DJANGO_ALLOWED_HOSTS
# and DATABASE_URL.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HCCTRIALS_LOCAL=0 \
    HCCTRIALS_DATA_DIR=/srv/hcctrials/data

RUN useradd --system --uid 10001 --home-dir /srv/hcctrials --shell /usr/sbin/nologin hcctrials \
    && install --directory --owner=hcctrials --mode=0700 /backups
WORKDIR /srv/hcctrials/app

COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . ./
# Translations and hashed static files are made here, with values that only this step sees.
RUN pybabel --quiet compile --directory hcctrials/locale --domain django \
    && DJANGO_SECRET_KEY=only-while-building DJANGO_ALLOWED_HOSTS=localhost DATABASE_URL=postgresql:///none \
        python manage.py collectstatic --noinput --verbosity 0 --ignore "redoc*" \
    && chown -R hcctrials:hcctrials /srv/hcctrials/data

USER hcctrials
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-m", "hcctrials.serving.probe", "/readyz"]
CMD ["gunicorn", "--config", "python:hcctrials.serving.gunicorn_conf", "--bind", "0.0.0.0:8000", "hcctrials.wsgi:application"]
