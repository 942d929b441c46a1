"""What the page expects (web/src/shared/api/*hapes.ts) against what the service describes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

import kosorong
import kosorong_library
from kosorong.book.account import REASONS
from kosorong.bundle import find_bundle, open_bundle
from kosorong.translation.lexicon import PARTS_OF_SPEECH, REGISTERS, lexicon_of

API = Path(__file__).parents[2] / "web" / "src" / "shared" / "api"
SHAPES = "\n".join((API / f"{n}.ts").read_text("utf-8") for n in ("sourceShapes", "shapes"))
_INTERFACE = re.compile(r"(?:export )?interface (\w+)(?: extends (\w+))? \{\n(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^  (\w+)\??: ([^;]+);$", re.MULTILINE)
# Interface of the page → component of the description.
PAIRS = {
    "Counts": "Counts",
    "Chapter": "ChapterOutput",
    "Position": "PlaceOutput",
    "Heard": "HeardOutput",
    "Excerpt": "ExcerptOutput",
    "BookLine": "BookLine",
    "Choices": "BookChoicesOutput",
    "Cost": "BookCostOutput",
    "Contributor": "ContributorOutput",
    "About": "AboutOutput",
    "SourceChapter": "LineOutput",
    "Account": "AccountOutput",
    "Source": "SourceOutput",
    "Passage": "PassageOutput",
    "LeftOutGroup": "LeftOutOutput",
    "Languages": "LanguagesOutput",
    "Preview": "PreviewOutput",
    "Book": "BookOutput",
    "Word": "WordOutput",
    "Segment": "SegmentOutput",
    "Correction": "CorrectionOutput",
    "Change": "ChangeOutput",
    "Finding": "FindingOutput",
    "Edit": "EditOutput",
    "Pronunciation": "PronunciationOutput",
    "FixedTerm": "TermOutput",
    "RecordingTerms": "TermsOutput",
    "Narration": "NarrationOutput",
    "Share": "ShareOutput",
    "Report": "ReportOutput",
    "Bookmark": "BookmarkOutput",
    "Voice": "VoiceOutput",
    "Me": "UserOutput",
    "Person": "UserLine",
    "Token": "TokenOutput",
    "NewToken": "NewTokenOutput",
    "Invitation": "InvitationOutput",
    "NewInvitation": "NewInvitationOutput",
}
ERRORS = API.parent / "i18n"
SERVICE, ENGINE = Path(kosorong_library.__file__).parent, Path(kosorong.__file__).parent
_KINDS = {"string": "string", "boolean": "boolean", "number": "number"}


def interfaces() -> dict[str, dict[str, str]]:
    """Return the fields of every interface of the page, inherited ones too."""
    found: dict[str, dict[str, str]] = {}
    for name, parent, body in _INTERFACE.findall(SHAPES):
        found[name] = {**found.get(parent, {}), **dict(_FIELD.findall(body))}
    return found


@pytest.fixture
def described(nobody: APIClient) -> dict[str, Any]:
    return nobody.get("/api/schema/").json()["components"]["schemas"]


def test_every_field_that_the_page_expects_is_described(described: dict[str, Any]) -> None:
    shapes = interfaces()
    for name, component in PAIRS.items():
        missing = set(shapes[name]) - set(described[component]["properties"])
        assert not missing, f"{name}: {component} has no {sorted(missing)}"


def test_plain_fields_are_of_the_same_kind_and_null_where_the_page_knows_of_it(
    described: dict[str, Any],
) -> None:
    shapes = interfaces()
    for name, component in PAIRS.items():
        for field, kind in shapes[name].items():
            kinds = kinds_of(described[component]["properties"][field])
            if not kinds:
                continue
            wanted, *others = (part.strip() for part in kind.split("|"))
            if wanted in _KINDS:
                assert _KINDS[wanted] in kinds, f"{name}.{field}: {kind} is {kinds}"
            assert "null" not in kinds or "null" in others, f"{name}.{field}: {kind} is {kinds}"


def kinds_of(described: dict[str, Any]) -> set[str]:
    """Return the kinds of JSON of a field; none where it is a component of its own."""
    given = described.get("type", [])
    kinds = {given} if isinstance(given, str) else set(given)
    return {"number" if kind == "integer" else kind for kind in kinds}


def test_what_may_be_chosen_is_what_the_service_takes(
    described: dict[str, Any], api: APIClient
) -> None:
    """An alias such as `"light" | "dark"` holds the same words as the service's choice."""
    enums = [set(one["enum"]) for one in described.values() if "enum" in one]
    for name in ("Language", "BookStatus", "Visibility", "Role", "Locale", "Theme", "Spelling"):
        body = re.search(rf"export type {name} = ([^;]+);", SHAPES)[1]
        assert set(re.findall(r'"(\w+)"', body)) in enums, name
    assert set(interfaces()["Settings"]) == {
        "speed", "size", "korean", "tongue", "theme", "spelling"
    }  # fmt: skip
    chosen = {"speed": 1, "size": 2, "korean": True, "tongue": "ko", "theme": "system"}
    body = {**chosen, "spelling": "araea"}
    assert api.patch("/api/settings/", body).json() == body


def reasons() -> Iterator[str]:
    """Return every one-word reason that a refusal or an error comes with."""
    for path in (*SERVICE.rglob("*.py"), *ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[Any] = []
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found = [said for key, said in pairs if getattr(key, "value", None) == "reason"]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                found = node.args[2:]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
                found = [given.value for given in node.keywords if given.arg == "reason"]
            yield from (str(one.value) for one in found if isinstance(one, ast.Constant))


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_the_page_has_a_sentence_of_its_own_for_every_reason(locale: str) -> None:
    words = (ERRORS / f"errors.{locale}.ts").read_text(encoding="utf-8")
    known = set(re.findall(r"^    (\w+): \"", words, re.MULTILINE))
    # Its sentence tells the seconds.
    assert set(reasons()) - known == {"too_many"}


NOTES = (ERRORS / "notes.ko.ts").read_text(encoding="utf-8")
# Of modules that warn of a manuscript, each sentence that stands in no error.
WARNING = [
    *(
        path
        for path in (ENGINE / "book" / "readers").glob("*.py")
        if path.name != "refused.py"  # all of its sentences are errors'
    ),
    ENGINE / "book" / "languages.py",
]


class Sentences(ast.NodeVisitor):
    """Collects the sentences of a module that are no error's and no docstring."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_Raise(self, node: ast.Raise) -> None:
        pass

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", "")
        if not name.endswith("Error"):
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        # What makes an error's sentence says so.
        if getattr(node.returns, "id", "") != "InputError":
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        # A constant of the module is a cure.
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        self.take(node.value if isinstance(node.value, str) else "")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = [str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values]
        self.take("".join(parts))

    def take(self, text: str) -> None:
        if text.endswith(".") and text.count(" ") > 1:
            self.found.add(text)


def test_the_page_says_every_warning_of_the_readers_in_korean() -> None:
    found = Sentences()
    for path in WARNING:
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
    known = set(re.findall(r'^    "(.+)":', NOTES, re.MULTILINE))
    assert len(found.found) > 10
    assert found.found - known == set()


def test_the_page_names_every_reason_for_which_something_is_left_out() -> None:
    body = re.search(r"  reasons: \{\n(.*?)\n  \}", NOTES, re.DOTALL)[1]
    assert dict(re.findall(r'^    "?([^":]+)"?: "(.+)",$', body, re.MULTILINE)) == REASONS


def test_an_error_with_a_reason_tells_it(api: APIClient) -> None:
    file = SimpleUploadedFile("book.epub", b"no archive")
    answer = api.post("/api/books/", {"file": file}, format="multipart")
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, "damaged")


def test_every_refusal_because_of_the_present_state_has_a_reason() -> None:
    bare = [
        f"{path.relative_to(SERVICE)}:{node.lineno}"
        for path in SERVICE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Conflict"
        if not node.args[1:]
    ]
    # Why a file could not be made is in its own words; the place of a 409 is in the answer.
    assert [one for one in bare if not one.startswith("api/exports.py")] == []


def test_what_a_row_of_the_lexicon_names_has_words_on_the_page() -> None:
    page = (API.parent / "i18n" / "rows.ko.ts").read_text("utf-8")
    senses = lexicon_of(open_bundle(find_bundle("translator", ""), "translator"))
    sources = {one.partition(":")[0] for sense in senses for one in sense.evidence}
    names = sources | {*PARTS_OF_SPEECH.values()} | {*REGISTERS} - {""}
    assert len(names) > 15
    there = {name.strip() for name in re.findall(r'([\w ]+)"?: "', page)}
    assert names - there == set()
