"""Mail, sent by a worker: an answer takes no longer where there is somebody to write to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import send_mail
from django.db.models import F
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from kosorong_library.accounts.models import User

_SUBJECT = "코소롱 비밀번호 다시 정하기 · Kosorong: a new password"
_BODY = """{name} 님, 코소롱 서재의 비밀번호를 다시 정하려면 두 시간 안에 이 주소를 여세요.
{link}

부탁하신 적이 없다면 이 편지를 버리세요. 아무것도 바뀌지 않습니다.

Open the address above within two hours to choose a new password for the account "{name}".
If you did not ask for this, throw this letter away: nothing changes.
"""


_CONFIRM_SUBJECT = "코소롱 메일 주소 확인 · Kosorong: is this address yours?"
_CONFIRM_BODY = """{name} 님, 이 메일 주소가 맞으면 사흘 안에 이 주소를 여세요.
{link}

부탁하신 적이 없다면 이 편지를 버리세요. 비밀번호를 잊어도 이 주소로는 편지가 가지 않습니다.

Open the address above within three days if the account "{name}" is yours.
If you did not ask for this, throw this letter away: no other letters come here.
"""
CONFIRM_SALT = "kosorong.confirm-mail"


@task(queue_name="mail")
def send_confirmation(user: int, address: str) -> int:
    """Ask a user by letter whether their mail address is theirs; return how many were sent.

    Args:
        user: Number of the user.
        address: Of the page, with a slash at its end.
    """
    holder = User.objects.filter(pk=user, is_active=True).exclude(email="").first()
    if holder is None:
        return 0
    key = signing.dumps([holder.pk, holder.email], salt=CONFIRM_SALT)
    body = _CONFIRM_BODY.format(name=holder, link=f"{address}confirm#{key}")
    return int(send_mail(_CONFIRM_SUBJECT, body, None, [holder.email]))


@task(queue_name="mail")
def send_reset(mail: str, address: str) -> int:
    """Write to whoever has a mail address; return how many accounts that were.

    Args:
        mail: As it was typed.
        address: Of the page, with a slash at its end.
    """
    users = User.objects.filter(email__iexact=mail, is_active=True).order_by("id")
    if settings.CONFIRM_MAIL:
        # A mistyped address is somebody else's, who must not get the account.
        users = users.filter(confirmed_mail=F("email"))
    sent = 0
    for user in users:
        if user.has_usable_password():
            body = _BODY.format(name=user, link=reset_link(user, address))
            # To what is kept, not to what was typed: letters that look alike may compare equal.
            send_mail(_SUBJECT, body, None, [user.email])
            sent += 1
    return sent


def reset_link(user: User, address: str) -> str:
    """Return the link that lets a user choose a password, once.

    The secret stands behind `#`, which browsers send to no server: it is in no log.
    """
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return f"{address}reset#{number}.{default_token_generator.make_token(user)}"
