"""More people, for tests of who may do what."""

from rest_framework.test import APIClient

from kosorong_library.accounts.models import User


def make(name: str, role: str) -> User:
    return User.objects.create_user(name, password=f"word-of-{name}", role=role)


def client_of(user: User | None) -> APIClient:
    client = APIClient()
    if user is not None:
        client.force_login(user)
    return client
