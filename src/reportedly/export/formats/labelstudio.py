"""Label Studio: a task a report, each claim as regions with their facts, as predictions to start from; and a person's annotations back.

Offsets are code points, as Label Studio stores them since version 1.5; annotations of older versions, in UTF-16 units, are found again by
their words. ``--set part=config`` writes the labelling configuration that shows the tasks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from xml.sax.saxutils import quoteattr

import msgspec

from reportedly.errors import InputError
from reportedly.export import facts, regions
from reportedly.export.leaves import ROLES, Leaf, take_apart
from reportedly.export.protocol import Format, Material, Option, Options, Table, fields
from reportedly.export.regions import Bases, Region
from reportedly.records import Document, Entity, Link, Problem, Quantity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

COLOURS = dict(
    zip(
        ROLES,
        "#8a8a8a #d9a400 #0a7d8c #5fb3bf #94c7cd #c0392b #2c6fbb #7a4fb5 #2e8b57 #b5478f #3f51b5 #a0522d #9fa8da".split(),
        strict=True,
    )
)
# A choice a tool offers beside a region, by the role it is offered for; every other fact is a line of text.
CHOICES: dict[str, tuple[tuple[str, ...], str, type[msgspec.Struct]]] = {
    "act": (("cue",), "act", Link),
    "entity": (("actor", "recipient"), "kind", Entity),
    "counted": (("quantity",), "kind", Quantity),
}
_CHOSEN = {(role, fact): name for name, (roles, fact, _) in CHOICES.items() for role in roles}
TIED = "of"


def config() -> str:
    """Return the labelling configuration: a label a role, choices and lines of facts for each region."""
    labels = "".join(f"    <Label value={quoteattr(role)} background={quoteattr(COLOURS[role])}/>\n" for role in ROLES)
    choices = "".join(_choices(name) for name in CHOICES)
    return (
        "<View>\n"
        f'  <Labels name="role" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text" granularity="word"/>\n'
        f"{choices}"
        '  <TextArea name="facts" toName="text" perRegion="true" editable="true" maxSubmissions="12" '
        'placeholder="name: Hezbollah"/>\n'
        f'  <Relations><Relation value="{TIED}"/></Relations>\n'
        "</View>\n"
    )


def _choices(name: str) -> str:
    roles, fact, record = CHOICES[name]
    kind = next(field.type for field in msgspec.structs.fields(record) if field.name == fact)
    values = "".join(f"<Choice value={quoteattr(value)}/>" for value in kind.__args__)
    asked = f'perRegion="true" whenTagName="role" whenLabelValue="{",".join(roles)}"'
    return f'  <Choices name="{name}" toName="text" {asked}>{values}</Choices>\n'


def task(reading: Reading, options: Options) -> dict[str, Any]:
    """Return one report as a task: its text, the reading it came from (without the text again), and its claims as results."""
    kept = msgspec.to_builtins(reading)
    kept["document"].pop("text")
    document = reading.document
    data = {
        "text": document.text,
        "name": document.name,
        "publisher": document.publisher.value if document.publisher else None,
        "published": document.published.value if document.published else None,
        "reportedly": kept,
    }
    result = [each for claim in reading.claims for each in _results(regions.of_claim(claim), options)]
    made: dict[str, Any] = {"data": data}
    if options["as"] == "annotations":
        made["annotations"] = [{"result": result, "was_cancelled": False, "ground_truth": False}]
    else:
        made["predictions"] = [
            {"model_version": f"{reading.run.annotator} {reading.run.version}".strip(), "result": result}
        ]
    return made


def _results(claim: list[Region], options: Options) -> Iterator[dict[str, Any]]:
    """Yield what Label Studio calls results: for each region its label, its choices and lines, and a relation to its claim's content."""
    content = claim[0].leaf
    for region in claim:
        leaf = region.leaf
        where = {
            "id": f"{region.claim}/{leaf.path}",
            "to_name": "text",
            "origin": "prediction",
            "meta": {"claim": region.claim, "path": leaf.path},
        }
        value = {"start": leaf.start, "end": leaf.end, "text": leaf.exact}
        yield where | {"from_name": "role", "type": "labels", "value": value | {"labels": [leaf.role]}}
        lines = []
        for name, said in facts.shown(leaf).items():
            if (leaf.role, name) in _CHOSEN:
                chosen = {
                    "from_name": _CHOSEN[leaf.role, name],
                    "type": "choices",
                    "value": value | {"choices": [said]},
                }
                yield where | chosen
            else:
                lines.append(f"{name}: {said}")
        if lines:
            # a text area's own value has the key that the region's words have elsewhere
            yield where | {"from_name": "facts", "type": "textarea", "value": value | {"text": lines}}
        outside = not content.start <= leaf.start <= leaf.end <= content.end
        if leaf.role != "content" and (outside or options["relations"] == "all"):
            yield {
                "type": "relation",
                "from_id": where["id"],
                "to_id": f"{region.claim}/content",
                "direction": "right",
                "labels": [TIED],
            }


def write(material: Material, out: BinaryIO, options: Options) -> None:
    """Write a JSON list of tasks, one at a time; or the labelling configuration."""
    if options["part"] == "config":
        out.write(config().encode("utf-8"))
        return
    out.write(b"[")
    for number, reading in enumerate(material.readings()):
        out.write(b",\n" if number else b"\n")
        out.write(json.dumps(task(reading, options), ensure_ascii=False).encode("utf-8"))
    out.write(b"\n]\n")


def read(path: Path, material: Material, options: Options) -> Iterator[Reading | Problem]:
    """Yield a reading for each annotation that a person submitted, of each task of an export in JSON."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Problem(name=str(path), reason=f"no JSON: {error}", cure="export the project from Label Studio as JSON")
        return
    tasks = tasks if isinstance(tasks, list) else [tasks]
    if tasks and not any(map(_submitted, tasks)):
        reason = f"nobody has annotated any of its {len(tasks)} tasks"
        yield Problem(name=str(path), reason=reason, cure="submit tasks in Label Studio, then export the project")
    bases = Bases(material)
    for number, each in enumerate(tasks, start=1):
        name = f"{path}:{number}"
        try:
            yield from _task(each, bases, options)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            reason = f"this task is not in Label Studio's form: {type(error).__name__}: {error}"
            yield Problem(name=name, reason=reason, cure="export the project as JSON, not as JSON_MIN")


def _task(task_: Mapping[str, Any], bases: Bases, options: Options) -> Iterator[Reading | Problem]:
    data = task_["data"]
    text = data["text"]
    base = _base(data) or bases.find(text=text, document=str(data.get("name", "")))
    document = base.document if base else _document(data)
    for annotation in task_.get("annotations", ()):
        if annotation.get("was_cancelled"):
            continue
        who = options["who"] or _person(annotation.get("completed_by"))
        faults: list[Problem] = []
        found = list(_regions(annotation["result"], base, document, faults))
        yield from faults
        yield from regions.restore(document, found, base=base, who=who)


def _submitted(task_: Any) -> bool:
    """Return whether a task has an annotation that somebody submitted, or is none of Label Studio's."""
    if not isinstance(task_, dict) or "data" not in task_:
        return True
    made = task_.get("annotations", [])
    return not isinstance(made, list) or any(isinstance(each, dict) and not each.get("was_cancelled") for each in made)


def _base(data: Mapping[str, Any]) -> Reading | None:
    """Return the reading that was exported with the task, None where the task is not ours or its text was changed."""
    kept = data.get("reportedly")
    if not isinstance(kept, dict):
        return None
    document = kept["document"] | {"text": data["text"]}
    if regions.text_hash(data["text"]) != document["sha256"]:
        return None
    return msgspec.convert(kept | {"document": document}, Reading)


def _document(data: Mapping[str, Any]) -> Document:
    return regions.bare_document(data["text"], str(data.get("name") or "task"))


def _person(completed_by: Any) -> str:
    """Return who submitted an annotation, '' where nobody did."""
    if isinstance(completed_by, dict):
        return str(completed_by.get("email") or completed_by.get("id") or "")
    return f"label-studio:{completed_by}" if completed_by is not None else ""


def _regions(
    results: Iterable[Mapping[str, Any]], base: Reading | None, document: Document, faults: list[Problem]
) -> Iterator[Region]:
    """Yield the regions of an annotation; a fact that is no value of its kind is a fault, and the rest of its region is kept."""
    results = list(results)
    known = {(c.id, leaf.path): leaf for c in base.claims for leaf in take_apart(c)} if base else {}
    said, shows_facts = _facts(results)
    tied = _ties(results)
    homes = {each["id"]: _home(each) for each in results if each.get("type") == "labels"}
    for each in results:
        if each.get("type") != "labels":
            continue
        claim, path = _home(each)
        owner = claim or next((homes[other][0] for other in tied.get(each["id"], ()) if homes.get(other, ("",))[0]), "")
        value = each["value"]
        role = value["labels"][0]
        shown = known.get((claim, path))
        try:
            edits = facts.edited(shown, role, said.get(each["id"], {})) if shows_facts else {}
        except InputError as error:
            where = f"{document.name}:{value['start']}-{value['end']}"
            faults.append(Problem(name=where, reason=f"{value.get('text')!r}: {error.message}", cure=error.cure))
            edits = {}
        leaf = Leaf(
            path=path, role=role, start=value["start"], end=value["end"], exact=value.get("text", ""), facts=edits
        )
        yield Region(owner, leaf)


def _home(result: Mapping[str, Any]) -> tuple[str, str]:
    """Return the claim and the path of a region that we wrote, '' for one that a person drew."""
    meta = result.get("meta") or {}
    if isinstance(meta.get("claim"), str) and isinstance(meta.get("path"), str):
        return meta["claim"], meta["path"]
    claim, slash, path = str(result["id"]).partition("/")
    return (claim, path) if slash else ("", "")


def _facts(results: Iterable[Mapping[str, Any]]) -> tuple[dict[str, dict[str, str]], bool]:
    """Return the facts said of each region by its id, and whether the tool shows facts at all."""
    said: dict[str, dict[str, str]] = {}
    shows = False
    for each in results:
        name, value = each.get("from_name"), each.get("value", {})
        if each.get("type") == "choices" and name in CHOICES:
            said.setdefault(each["id"], {})[CHOICES[cast("str", name)][1]] = value["choices"][0]
            shows = True
        elif each.get("type") == "textarea" and name == "facts":
            shows = True
            lines = value["text"] if isinstance(value["text"], list) else [value["text"]]
            for line in lines:
                fact, _, words = line.partition(":")
                said.setdefault(each["id"], {})[fact.strip()] = words.strip()
    return said, shows


def _ties(results: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the regions that each is related to, whichever way the arrow was drawn."""
    tied: dict[str, list[str]] = {}
    for each in results:
        if each.get("type") == "relation":
            tied.setdefault(each["from_id"], []).append(each["to_id"])
            tied.setdefault(each["to_id"], []).append(each["from_id"])
    return tied


FORMAT = Format(
    name="label-studio",
    title="Label Studio: a task a report, its claims as regions to correct",
    suffix=".json",
    write=write,
    read=read,
    tables=(
        Table(
            name="tasks",
            takes="readings",
            fields=fields(
                ("data.text", "Document.text"),
                ("data.name", "Document.name"),
                ("data.publisher", "Document.publisher"),
                ("data.published", "Document.published"),
                ("data.reportedly", "the whole Reading, without the text again; it comes back with the annotations"),
                ("result.value.start", "Span.start, code points"),
                ("result.value.end", "Span.end, code points"),
                ("result.value.text", "Span.exact"),
                ("result.value.labels", "what the span is in its claim: content, trigger, source, cue, actor ..."),
                ("result.value.choices", "Link.act, Entity.kind, Quantity.kind"),
                ("result.value.text (facts)", "the other facts of the span, a line each: 'name: Hezbollah'"),
                ("result.meta", "id of the Claim and path of the span in it"),
            ),
        ),
    ),
    options=(
        Option("part", "The tasks, or the labelling configuration that shows them.", ("tasks", "config")),
        Option("as", "What a person starts from.", ("predictions", "annotations")),
        Option("relations", "Arrows to the content of the claim: where it is not plain, or always.", ("needed", "all")),
        Option("who", "On the way back: who annotated, over what Label Studio says."),
    ),
    notes=(
        "Nothing is lost: what regions cannot show travels in `data.reportedly`, which Label Studio gives back untouched.",
        "A region that a person draws belongs to the claim it is related to, else to the one content it stands in.",
        "A new content makes a new claim.",
        "Offsets are code points; annotations in UTF-16 units (Label Studio before 1.5) are found again by their words.",
    ),
)
