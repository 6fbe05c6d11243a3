"""The demo shows its codes; a real installation never does."""

import pytest
from django.test import Client

from accounts.demo import current_code
from tests.accounts.sign_in import CODE, LOGIN, SECOND, SIGNUP, ask_code, last_code

pytestmark = pytest.mark.django_db


def test_the_demo_shows_the_code_on_the_page_and_in_the_terminal(client, amina, settings, capsys):
    settings.DEMO = True
    code = ask_code(client, amina.email)
    assert code in client.get(CODE).text
    assert f"de code voor {amina.email} is {code}" in capsys.readouterr().out


def test_the_demo_shows_the_code_of_the_second_step(client, carla, settings):
    settings.DEMO = True
    client.post(CODE, {"code": ask_code(client, carla.email)})
    assert current_code(carla) in client.get(SECOND).text


def test_outside_the_demo_no_code_is_shown(client, amina, carla, capsys):
    for one, address in ((Client(), amina.email), (client, carla.email)):
        answer = one.post(LOGIN, {"email": address}, follow=True)
        code = last_code()
        assert code not in answer.text
        assert code.replace("-", "") not in answer.text
        assert code not in str(answer.headers)
        one.post(CODE, {"code": code})
    shown = client.get(SECOND)
    assert shown.context["demo_code"] == ""
    assert current_code(carla) not in shown.text
    answer = Client().post(SIGNUP, {"email": "nieuw@voorbeeld.example"}, follow=True)
    assert last_code() not in answer.text
    said = capsys.readouterr()
    assert "code" not in said.out + said.err


def test_the_demo_is_off_unless_asked_for(settings):
    assert settings.DEMO is False
