"""Writes: users, their passwords and roles, tokens."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from kosorong_library.accounts import selectors
from kosorong_library.accounts.digests import digest_of
from kosorong_library.accounts.models import Role, Token, User
from kosorong_library.config.errors import Conflict, Refused

_OWNER = "owner"
# Names that somebody could pass off as those of the house.
_RESERVED = frozenset({_OWNER, "admin", "kosorong", "root", "코소롱", "관리자"})
MAX_NAME = 50
_PREFIX = "kosorong_"
MAX_TOKENS = 50
# A token's last use is noted once an hour: a read must not cost a write.
_NOTED_EVERY = timedelta(hours=1)


def first_user() -> User:
    """Return the machine's first user, made where there is none; nobody can log in as it."""
    with transaction.atomic():
        user = selectors.machine_owner()
        if user is None:
            taken = User.objects.filter(username=_OWNER).exists()
            name = f"{_OWNER}-{secrets.token_hex(4)}" if taken else _OWNER
            user = User(username=name, role=Role.ADMIN)
            user.set_unusable_password()
            user.save()
        return user


def register(name: str, password: str, mail: str = "", role: str = Role.MAKER) -> User:
    """Make a user.

    Args:
        name: As it will be shown and typed.
        password: As it was typed; the validators of the settings judge it.
        mail: For a forgotten password, "" for none.
        role: What the user may do.

    Raises:
        Refused: The name cannot be had, or the password is too weak.
    """
    if User.normalize_username(name).casefold() in _RESERVED:
        raise _taken()
    return _create(name, password, mail, role)


def create_admin(name: str, password: str, mail: str = "") -> tuple[User, bool]:
    """Make an admin; the first one takes the place of the machine's own user, with its books.

    Returns:
        The admin, and whether it was the machine's user before.

    Raises:
        Refused: The name cannot be had, or the password is too weak.
    """
    with transaction.atomic():
        owner = selectors.machine_owner()
        if owner is None or selectors.admins_who_log_in().exists():
            return _create(name, password, mail, Role.ADMIN), False
        owner.username, owner.email = name, mail
        _check_name(owner)
        set_password(owner, password)
        return owner, True


def _create(name: str, password: str, mail: str, role: str) -> User:
    user = User(username=name, email=mail, role=role)
    _check_name(user)
    check_password(user, password)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise _taken() from error
    return user


def _check_name(user: User) -> None:
    user.username = User.normalize_username(user.username)
    try:
        User.username_validator(user.username)
    except ValidationError as error:
        words = "Use letters, digits and @ . + - _ only."
        raise Refused("name", words, "name_letters") from error
    if len(user.username) > MAX_NAME:
        raise Refused("name", f"At most {MAX_NAME} characters are taken.", "name_letters")
    if User.objects.filter(username__iexact=user.username).exclude(pk=user.pk).exists():
        raise _taken()


def _taken() -> Refused:
    return Refused("name", "This name cannot be had; choose another.", "name_taken")


def check_password(user: User, password: str) -> None:
    """Let the validators of the settings judge a password.

    Raises:
        Refused: It is too weak.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        reason = next((problem.code for problem in error.error_list if problem.code), "password")
        raise Refused("password", " ".join(error.messages), reason) from error


def set_password(user: User, password: str) -> None:
    """Give a user another password; every session of theirs ends, tokens stay.

    Raises:
        Refused: It is too weak.
    """
    check_password(user, password)
    with transaction.atomic():
        user.set_password(password)
        user.save()
        user.sessions.all().delete()


def set_mail(user: User, mail: str) -> None:
    """Give a user another mail address; "" for none."""
    user.email = mail
    user.save(update_fields=["email"])


def set_role(user: User, role: str) -> None:
    """Change what a user may do.

    Raises:
        Conflict: Nobody would be left to look after the library.
    """
    with transaction.atomic():
        if role != Role.ADMIN:
            keep_an_admin(user)
        user.role = role
        user.save(update_fields=["role"])


def keep_an_admin(user: User) -> None:
    """See that somebody else can look after the library.

    Raises:
        Conflict: Nobody can.
    """
    # Two admins who go at the same moment have to see each other.
    list(User.objects.select_for_update().filter(role=Role.ADMIN).values_list("pk"))
    if selectors.is_last_admin(user):
        raise Conflict(
            "This is the last admin. Make somebody else an admin first.", {"reason": "last_admin"}
        )


def make_token(user: User, name: str) -> str:
    """Return a new token of a user; it cannot be shown again.

    Raises:
        Conflict: The user has too many.
    """
    return new_token(user, name)[1]


def new_token(user: User, name: str) -> tuple[Token, str]:
    """Return the row of a new token, and the token.

    Raises:
        Conflict: The user has too many.
    """
    if user.tokens.count() >= MAX_TOKENS:
        raise Conflict(
            f"There are {MAX_TOKENS} tokens already; revoke one that is not used.",
            {"reason": "too_many_tokens"},
        )
    token = _PREFIX + secrets.token_urlsafe(32)
    return Token.objects.create(user=user, name=name, digest=digest_of(token)), token


def note_use(token: Token) -> None:
    """Remember that a token was used."""
    now = timezone.now()
    old = Q(used_at=None) | Q(used_at__lt=now - _NOTED_EVERY)
    if token.used_at is None or token.used_at < now - _NOTED_EVERY:
        Token.objects.filter(old, pk=token.pk).update(used_at=now)
