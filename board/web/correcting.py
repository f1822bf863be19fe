"""Correcting over HTTP: signing in, forms that need no script, and verdicts as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from math import ceil
from typing import Any, NoReturn

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from board.corrections import ClaimChanged, Corrections, Given, NotSent
from board.filters import Filters
from board.store import BoardStore
from board.web import answers, rendering
from board.web.answer_shapes import ToldGiven
from board.web.asked import AskedList
from board.web.bodies import form_of, object_of
from board.web.openapi import NO_CLAIM, refusing, sending_verdict, with_schema
from board.web.security import comes_from_here
from board.web.sessions import LIFETIME_SECONDS, Session, Sessions, Tries
from claimwire.statuses import Status
from claimwire.verdict_json import as_json
from claimwire.verdicts import CLAIM_ID, LONGEST_NAME, Maker, MakerKind, Verdict, in_words, sentence
from streams.errors import UserError

NOT_GIVEN = {
    "_400": "the verdict says nothing that can be done",
    "_401": "the token is missing or wrong",
    "_404": NO_CLAIM,
    "_408": "the request took longer than 10 s",
    "_413": "the request has more than 64 KiB",
    "_429": "too many wrong tokens came from this address",
    "_503": "the broker did not take the verdict",
}
"""Why a verdict is refused, by status."""

COOKIE = "claimwire_session"
BEARER = "bearer "
KINDS = ("statement", "merge", "no_claim", "status", "comment", "undo")
CHANGED = (
    "The claim has changed since you read it. Here it is as it now stands, with your words kept: "
    "look, and send them again."
)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What was typed into a form, to be shown again with what is wrong.

    Attributes
    ----------
    about
        The statement or verdict that it is about; empty for the claim.
    why
        What is wrong, as a sentence.
    """

    kind: str = ""
    about: str = ""
    value: str = ""
    reason: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Editing:
    """What a page needs for its forms.

    Attributes
    ----------
    session
        Session of the reader; None if the reader has not signed in.
    """

    session: Session | None
    kept: KeptWords = KeptWords()
    statuses: tuple[str, ...] = tuple(Status)


@dataclass(frozen=True, slots=True)
class Correcting:
    """Takes corrections over HTTP.

    Attributes
    ----------
    default_name
        The maker of a verdict sent as JSON that names none; empty for nobody.
    """

    corrections: Corrections
    sessions: Sessions
    default_name: str = ""
    tries: Tries = field(default_factory=Tries)

    def session(self, request: Request) -> Session | None:
        """Who has signed in."""
        cookie = request.cookies.get(COOKIE)
        return self.sessions.read(cookie) if cookie else None

    def shows_token(self, request: Request, shown: str) -> bool:
        """Whether this is the token; a wrong one counts against its address.

        Raises
        ------
        HTTPException
            429 if the address must wait.
        """
        address = request.client.host if request.client else ""
        wait = ceil(self.tries.wait(address))
        if wait:
            many = f"There were too many wrong tokens from your address. Try again in {wait} s."
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, many, {"Retry-After": str(wait)})
        if self.sessions.is_token(shown):
            self.tries.succeeded(address)
            return True
        self.tries.failed(address)
        return False

    async def signed_form(self, request: Request) -> tuple[Session, dict[str, str]]:
        """The session and the form of a request.

        Raises
        ------
        HTTPException
            401 if nobody is signed in, 403 if the form comes from elsewhere.
        """
        _refuse_foreign(request)
        session = self.session(request)
        if session is None:
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "You are not signed in, or no longer. Sign in and try again.")
        form = await form_of(request)
        if not self.sessions.is_form_of(session, form.get("form", "")):
            raise HTTPException(HTTPStatus.FORBIDDEN, "The form belongs to another session. Open the page again.")
        return session, form


def editing_of(request: Request) -> Editing | None:
    """What a page needs for its forms; None if the board takes no corrections."""
    correcting: Correcting | None = request.app.state.correcting
    return Editing(correcting.session(request)) if correcting else None


def router(correcting: Correcting) -> APIRouter:
    """The addresses at which corrections are made."""
    made = APIRouter()
    for path, way in (("/sign-in", sign_in), ("/sign-out", sign_out), ("/claims/{id}/correct", correct)):
        made.add_api_route(path, _bound(way, correcting), methods=["POST"], include_in_schema=False)
    made.add_api_route("/sign-in", sign_in_page, methods=["GET"], include_in_schema=False)

    @made.post(
        "/claims/{id}/verdicts",
        status_code=HTTPStatus.CREATED,
        dependencies=[Depends(HTTPBearer(auto_error=False, description="the board's token"))],
        response_class=Response,
        responses={201: with_schema("the broker has it", ToldGiven), **refusing(**NOT_GIVEN)},
        openapi_extra=sending_verdict(),
    )
    async def verdicts(request: Request, id: str) -> Response:  # noqa: ARG001 - it is part of the description
        """Give a verdict on a claim: JSON as a line of `claimwire verdict import`, with the board's token."""
        return await give_verdict(correcting, request)

    return made


def _bound(way: Any, correcting: Correcting) -> Any:
    """A route handler that has its `Correcting` already."""

    async def bound(request: Request) -> Response:
        answer: Response = await way(correcting, request)
        return answer

    return bound


async def sign_in_page(request: Request) -> Response:
    """The form to sign in with."""
    return _sign_in_page(request)


async def sign_in(correcting: Correcting, request: Request) -> Response:
    """Begin a session if token and name are given."""
    _refuse_foreign(request)
    form = await form_of(request)
    name, back = " ".join(form.get("name", "").split()), form.get("back", "")
    if not name or len(name) > LONGEST_NAME:
        why = f"Say who you are, in at most {LONGEST_NAME} characters: your corrections are shown with your name."
        return _sign_in_page(request, HTTPStatus.BAD_REQUEST, why, name, back)
    if not correcting.shows_token(request, form.get("token", "")):
        return _sign_in_page(request, HTTPStatus.UNAUTHORIZED, "That is not the board's token.", name, back)
    to = f"/claims/{back}" if CLAIM_ID.fullmatch(back) else "/"
    answer = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    secure = request.headers.get("origin", "").startswith("https://")
    cookie = correcting.sessions.begin(name).cookie
    answer.set_cookie(COOKIE, cookie, LIFETIME_SECONDS, httponly=True, samesite="strict", secure=secure)
    return answer


async def sign_out(correcting: Correcting, request: Request) -> Response:
    """Remove the cookie of a session from its browser."""
    await correcting.signed_form(request)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


async def correct(correcting: Correcting, request: Request) -> Response:
    """Give the verdict that a form asks for, and go back to the claim."""
    session, form = await correcting.signed_form(request)
    store, id = answers.store_of(request), await run_in_threadpool(_whole_id, answers.store_of(request), request)
    kind, about, value = form.get("kind", ""), form.get("about", ""), form.get("value", "").strip()
    reason = form.get("reason", "").strip()
    maker = Maker(kind=MakerKind.PERSON, name=session.name)
    again = partial(_again, store, id, session, kind=kind, about=about, value=value, reason=reason)
    try:
        asked = {"claim": id, "says": _says(kind, about, value), "reason": reason}
        given = await correcting.corrections.give(id, asked, maker, form.get("version", ""))
    except ClaimChanged:
        return await again(HTTPStatus.CONFLICT, why=CHANGED)
    except UserError as error:
        return await again(HTTPStatus.BAD_REQUEST, why=_told(error))
    except NotSent as error:
        return await again(HTTPStatus.SERVICE_UNAVAILABLE, why=_told(error))
    if given.shown:
        return RedirectResponse(f"/claims/{id}#verdict-{given.verdict.id}", HTTPStatus.SEE_OTHER)
    return _on_the_way(request, session, given.verdict)


async def give_verdict(correcting: Correcting, request: Request) -> Response:
    """Give the verdict that a program sends."""
    shown = request.headers.get("authorization", "")
    if not (shown.lower().startswith(BEARER) and correcting.shows_token(request, shown[len(BEARER) :].strip())):
        why = "Send the board's token: `Authorization: Bearer TOKEN`."
        raise HTTPException(HTTPStatus.UNAUTHORIZED, why, {"WWW-Authenticate": "Bearer"})
    asked = dict(await object_of(request))
    id = await run_in_threadpool(_whole_id, answers.store_of(request), request)
    asked.setdefault("claim", id)
    if not asked.get("maker") and not correcting.default_name:
        _refuse("maker is missing: say who gives the verdict, as in {'kind': 'person', 'name': 'Anna'}.")
    maker = Maker(kind=MakerKind.PERSON, name=correcting.default_name)
    try:
        given = await correcting.corrections.give(id, asked, maker)
    except UserError as error:
        _refuse(_told(error))
    except NotSent as error:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, _told(error)) from None
    return JSONResponse(_as_json(given), HTTPStatus.CREATED, {"Location": f"/claims/{id}.json"})


def _as_json(given: Given) -> dict[str, Any]:
    undo = {"claim": given.verdict.claim, "says": {"kind": "undo", "verdict": given.verdict.id}}
    return {"verdict": as_json(given.verdict), "shown": given.shown, "undo": undo}


def _whole_id(store: BoardStore, request: Request) -> str:
    """The id of the claim whose address was asked for.

    Raises
    ------
    HTTPException
        404 if there is none.
    """
    return str(answers.whole_claim(store, str(request.path_params["id"]))["id"])


def _says(kind: str, about: str, value: str) -> Mapping[str, Any]:
    """What a verdict says by the fields of a form."""
    if kind not in KINDS:
        _refuse("That is no form of this board.")
    said: dict[str, dict[str, Any]] = {
        "statement": {"statement": about, "relation": None},
        "merge": {"into": value},
        "status": {"status": value},
        "undo": {"verdict": about},
    }
    return {"kind": kind, **said.get(kind, {})}


async def _again(store: BoardStore, id: str, session: Session, status: HTTPStatus, **kept: str) -> Response:
    """The claim's page as it now stands, with the typed words kept."""
    found = await run_in_threadpool(answers.whole_claim, store, id)
    told = {**found, **_around(f"/claims/{id}"), "editing": Editing(session, KeptWords(**kept))}
    return HTMLResponse(rendering.page("claim.html", **told), status)


def _on_the_way(request: Request, session: Session, given: Verdict) -> Response:
    """The page that says that a verdict was sent and is not shown yet."""
    told = sentence(given.maker, in_words(given.says), given.reason)
    around = {**_around(request.url.path), "editing": Editing(session)}
    return HTMLResponse(rendering.page("on_the_way.html", verdict=given, told=told, **around), HTTPStatus.ACCEPTED)


def _sign_in_page(
    request: Request, status: HTTPStatus = HTTPStatus.OK, why: str = "", name: str = "", back: str = ""
) -> Response:
    back = back or request.query_params.get("back", "")
    around = {**_around("/sign-in"), "editing": editing_of(request)}
    return HTMLResponse(rendering.page("sign_in.html", why=why, typed=name, back=back, **around), status)


def _around(path: str) -> dict[str, Any]:
    none = AskedList(Filters())
    return {"asked": none, "kept": none, "path": path, "json_address": ""}


def _refuse_foreign(request: Request) -> None:
    if not comes_from_here(request):
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "The form was sent from another site. Open this board and use its own."
        )


def _refuse(why: str) -> NoReturn:
    raise HTTPException(HTTPStatus.BAD_REQUEST, why)


def _told(error: Exception) -> str:
    words = str(error)
    return words[:1].upper() + words[1:]
