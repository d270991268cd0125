"""The addresses that visitors see."""

urlpatterns: list = []
