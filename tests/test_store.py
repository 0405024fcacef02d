"""The protocol of stores, run for every implementation: what goes in comes out, once, and what is asked is answered."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import storedreadings as made
from reportedly import InputError
from reportedly.queries import Counts, Filter, Judgement, Near, Unit
from reportedly.records import Event, Problem, Ref, Sourced
from reportedly.store import Store, open_store
from reportedly.store.sieve import Sieve


def in_a_file(folder):
    return open_store(folder / "reports.db", create=True)


def in_memory(_folder):
    return open_store(":memory:", create=True)


# Each takes a folder of its own and gives an empty store; what comes next is added here and must pass all that follows.
MAKERS = {"file": in_a_file, "memory": in_memory}


@pytest.fixture(params=MAKERS)
def store(request, tmp_path) -> Store:
    with MAKERS[request.param](tmp_path) as opened:
        yield opened


def two_claims(**facts):
    """A reading with a killing by a group and a denial by a state, in two places and years."""
    text = "Le Hezbollah a tué 3 soldats à Arsal le 2 mai 2015. Moscou dément avoir bombardé Alep en 2016."
    killing = made.claim(
        text,
        "Le Hezbollah a tué 3 soldats à Arsal le 2 mai 2015",
        type="ASSAULT",
        modes=("firearms",),
        actors=(made.pin(made.Entity, text, "Le Hezbollah", name="Hezbollah", kind="armed-group"),),
        recipients=(made.pin(made.Entity, text, "soldats", kind="state-force"),),
        places=(made.pin(made.Place, text, "Arsal", lat=34.18, lon=36.42, precision=1, name="Aarsâl", country="LB"),),
        times=(made.pin(made.Time, text, "le 2 mai 2015", earliest="2015-05-02", latest="2015-05-02", anchored=True),),
    )
    denial = made.claim(
        text,
        "avoir bombardé Alep",
        type="ASSAULT",
        modes=("aerial",),
        acled="Air/drone strike",
        polarity="negative",
        certainty="possible",
        status="state",
        chain=(
            made.Link(
                source=made.pin(made.Mention, text, "Moscou"),
                cue=made.pin(made.Mention, text, "dément"),
                act="deny",
                source_kind="official",
                name="Russia",
            ),
        ),
        actors=(made.pin(made.Entity, text, "Moscou", name="Russia", kind="state"),),
        places=(made.pin(made.Place, text, "Alep", lat=36.2, lon=37.16, precision=1, name="Aleppo", country="SY"),),
        times=(made.pin(made.Time, text, "2016", earliest="2016-01-01", latest="2016-12-31", anchored=True),),
    )
    return made.reading(text, [killing, denial], **{"name": "two", "publisher": "al-Manar", **facts})


def contents(store, **facts):
    return [row.claim.content.exact[:14] for row in store.claims(Filter(**facts))]


KILLING, DENIAL = "Le Hezbollah a", "avoir bombardé"

# --- what goes in comes out --------------------------------------------------------------------------------------------------------


def test_a_reading_comes_out_as_it_went_in(store):
    reading = made.flita(url="https://example.org/1", title="Flita", fetched="2015-06-10T09:00:00Z")
    fate = store.put(reading)
    assert (fate.outcome, fate.document) == ("stored", reading.document.id)
    assert store.document(fate.document) == reading
    assert list(store.readings()) == [reading]
    assert [row.claim for row in store.claims()] == list(reading.claims)


# ingest writes U+FFFD for a NUL and for half a surrogate pair
WRITTEN = st.characters(blacklist_characters="\0", blacklist_categories=("Cs",))


@given(
    st.text(WRITTEN, min_size=1).filter(str.strip),
    st.text(WRITTEN, max_size=20),
    st.dictionaries(st.text(WRITTEN, max_size=5), st.text(WRITTEN, max_size=5), max_size=2),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_out_as_it_went_in(text, name, extra):
    reading = made.reading(text, [made.claim(text, text)], name=name)
    reading = msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, extra=extra))
    with in_memory(None) as store:
        store.put(reading)
        assert store.document(reading.document.id) == reading
        assert store.audit() == []


def test_a_document_is_found_by_the_beginning_of_its_id_and_by_its_name(store):
    reading = made.flita()
    store.put(reading)
    assert store.document(reading.document.id[:6]) == store.document("flita") == reading


@pytest.mark.parametrize("asked", ["nothing-like-it", "", "'; DROP TABLE document; --", "%", "\x00"])
def test_a_document_that_is_not_there_is_refused(store, asked):
    store.put(made.flita())
    with pytest.raises(InputError, match="no document"):
        store.document(asked)


def test_a_name_that_two_documents_have_is_refused(store):
    store.put(made.flita(publisher="AFI"))
    store.put(made.flita(publisher="al-Manar"))
    with pytest.raises(InputError, match="several documents"):
        store.document("flita")


# --- once, and in order ------------------------------------------------------------------------------------------------------------


def test_the_same_document_twice_is_one(store):
    first, again = store.put(made.flita()), store.put(made.flita(name="a copy of the file"))
    assert (again.outcome, again.document) == ("duplicate", first.document)
    assert store.counts() == Counts(read=2, stored=1, duplicates=1, refused=0, forgotten=0, documents=1, claims=1)


@pytest.mark.parametrize(
    "left, right, same",
    [
        ({"url": "https://example.org/a"}, {"url": "http://www.example.org/a/?utm_source=x#top"}, True),
        ({"url": "https://example.org/a"}, {"url": "https://example.org/b"}, False),
        ({"url": "https://example.org/a?id=1"}, {"url": "https://example.org/a?id=2"}, False),
        ({"publisher": "AFI"}, {"publisher": "afi"}, True),
        # a verbatim copy by another outlet is evidence of its own kind: who copied whom
        ({"publisher": "AFI"}, {"publisher": "al-Manar"}, False),
        ({"published": "2015-06-10"}, {"published": "2015-06-11"}, False),
        (
            {"url": "https://example.org/a", "publisher": "AFI"},
            {"url": "https://example.org/a", "publisher": None},
            True,
        ),
    ],
)
def test_which_documents_are_the_same(store, left, right, same):
    left, right = ({"publisher": None, "published": None, **facts} for facts in (left, right))
    first, second = store.put(made.flita(**left)), store.put(made.flita(**right))
    assert (second.outcome == "duplicate") == same
    assert store.counts().documents == 2 - same
    # text and name alike make one id: the second gets another
    assert same == (first.document == second.document)
    assert store.document(second.document).document.id == second.document


def test_what_is_new_is_told_before_it_is_read(store):
    document = made.flita().document
    assert (store.same(document), store.skip(document)) == (None, None)
    store.put(made.flita())
    assert store.same(document) == document.id
    assert store.skip(document, unit=Unit(source="b.txt")).outcome == "duplicate"
    assert store.counts().read == 2


def test_what_became_of_every_unit_is_kept(store):
    units = [Unit(source="a.jsonl", key=str(line)) for line in range(3)]
    store.put(made.flita(), unit=units[0])
    store.put(made.flita(), unit=units[1])
    store.refuse(Problem(name="a.jsonl:3", reason="it holds no text", cure="give one"), unit=units[2])
    assert [store.seen(unit).outcome for unit in units] == ["stored", "duplicate", "refused"]
    assert list(store.seen_of("a.jsonl")) == ["0", "1", "2"]
    assert store.seen(Unit(source="b.jsonl", key="0")) is None
    assert [(fate.name, fate.reason, fate.cure) for fate in store.fates(outcome="refused")] == [
        ("a.jsonl:3", "it holds no text", "give one")
    ]


def test_reading_the_same_units_again_changes_nothing(store):
    def read_all():
        for line in range(3):
            store.put(made.flita(), unit=Unit(source="a.jsonl", key=str(line)))
        store.refuse(Problem(name="b", reason="empty"), unit=Unit(source="b.txt"))
        return store.counts()

    assert (
        read_all()
        == read_all()
        == Counts(read=4, stored=1, duplicates=2, refused=1, forgotten=0, documents=1, claims=1)
    )


def test_a_unit_that_could_not_be_read_is_stored_once_it_can(store):
    unit = Unit(source="a.txt")
    store.refuse(Problem(name="a", reason="empty"), unit=unit)
    store.put(made.flita(), unit=unit)
    assert store.counts() == Counts(read=1, stored=1, duplicates=0, refused=0, forgotten=0, documents=1, claims=1)


def test_a_unit_that_holds_another_report_now_counts_both(store):
    unit = Unit(source="latest.txt")
    store.put(made.flita(), unit=unit)
    store.put(two_claims(), unit=unit)
    assert store.counts() == Counts(read=2, stored=2, duplicates=0, refused=0, forgotten=0, documents=2, claims=3)
    assert store.seen(unit).name == "two"


@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "refuse", "skip", "forget"]), st.integers(0, 3), st.integers(0, 4)),
        max_size=12,
    )
)
@settings(max_examples=60)
def test_read_is_always_stored_and_duplicates_and_refused_and_forgotten(steps):
    readings = [made.flita(), two_claims(), made.flita(publisher="B"), two_claims(url="https://example.org/2")]
    with in_memory(None) as store:
        for act, which, where in steps:
            unit = Unit(source=f"{where}.txt") if where else None
            reading = readings[which]
            if act == "put":
                store.put(reading, unit=unit)
            elif act == "skip":
                store.skip(reading.document, unit=unit)
            elif act == "refuse":
                store.refuse(Problem(name="x", reason="empty"), unit=unit)
            elif there := store.same(reading.document):
                store.forget(there)
        found = store.counts()
        assert found.read == found.stored + found.duplicates + found.refused + found.forgotten
        assert (found.documents, found.claims) == (len(list(store.documents())), len(list(store.claims())))
        assert store.audit() == []


def test_a_block_that_fails_leaves_nothing(store):
    def fail():
        with store.together():
            store.put(two_claims())
            raise ZeroDivisionError

    store.put(made.flita())
    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.counts().documents == 1
    assert store.audit() == []


def test_what_is_put_in_a_block_is_found_in_it_and_after_it(store):
    with store.together():
        store.put(made.flita())
        store.put(two_claims())
        assert [hit.document.name for hit in store.search("Flita")] == ["flita"]
        assert contents(store, text="Alep") == [KILLING, DENIAL]
        store.put(made.flita(publisher="B"))
    assert len(store.search("Flita")) == 2
    assert store.audit() == []


def test_a_document_that_fails_within_a_block_leaves_the_others(store):
    broken = msgspec.structs.replace(two_claims(), claims=(object(),))
    with store.together():
        store.put(made.flita())
        with pytest.raises(AttributeError):
            store.put(broken)
        store.put(made.flita(publisher="B"))
    assert store.counts().documents == 2
    assert store.audit() == []


# --- what is asked -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked, found",
    [
        ({}, [KILLING, DENIAL]),
        ({"actors": ("Hezbollah",)}, [KILLING]),
        ({"actors": ("Russia",), "roles": ("chain",)}, [DENIAL]),
        ({"actors": ("Hezbollah",), "roles": ("recipients",)}, []),
        # nobody known is called so: sought among the words
        ({"actors": ("SOLDATS",)}, [KILLING]),
        ({"actors": ("soldat",), "roles": ("recipients",)}, [KILLING]),
        ({"actors": ("dats",)}, []),
        ({"actors": ("Hezbollah", "Russia")}, [KILLING, DENIAL]),
        ({"places": ("Aarsâl",)}, [KILLING]),
        ({"near": Near(lat=34.0, lon=36.4, km=25)}, [KILLING]),
        ({"near": Near(lat=34.0, lon=36.4, km=15)}, []),
        ({"near": Near(lat=35.0, lon=37.0, km=200)}, [KILLING, DENIAL]),
        ({"earliest": "2015-05-02", "latest": "2015-05-02"}, [KILLING]),
        ({"earliest": "2015-05-03"}, [DENIAL]),
        ({"latest": "2015-05-01"}, []),
        ({"earliest": "2016-07-01", "latest": "2016-07-31"}, [DENIAL]),
        ({"types": ("ASSAULT",)}, [KILLING, DENIAL]),
        ({"types": ("AID", "PROTEST")}, []),
        # a sub-event of ACLED's is a type too
        ({"types": ("Air/drone strike", "AID")}, [DENIAL]),
        ({"countries": ("LB",)}, [KILLING]),
        ({"countries": ("SY", "LB")}, [KILLING, DENIAL]),
        ({"countries": ("B",)}, []),
        ({"modes": ("aerial",)}, [DENIAL]),
        ({"publishers": ("al-Manar",)}, [KILLING, DENIAL]),
        ({"publishers": ("AL-MANAR",)}, [KILLING, DENIAL]),
        ({"publishers": ("AFI",)}, []),
        ({"source_kinds": ("official",)}, [DENIAL]),
        # without a chain the outlet itself says it
        ({"source_kinds": ("outlet",)}, [KILLING]),
        ({"certainties": ("possible",)}, [DENIAL]),
        ({"statuses": ("state",)}, [DENIAL]),
        ({"polarities": ("negative",)}, [DENIAL]),
        ({"languages": ("fr",)}, [KILLING, DENIAL]),
        ({"languages": ("ar",)}, []),
        ({"published_from": "2016-06-01", "published_to": "2016-06-30"}, [KILLING, DENIAL]),
        ({"published_from": "2016-06-12"}, []),
        ({"text": "bombardé"}, [KILLING, DENIAL]),
        ({"text": "dromadaire"}, []),
        ({"types": ("ASSAULT",), "actors": ("Russia",), "certainties": ("certain",)}, []),
        ({"types": ("' OR 1=1 --",)}, []),
    ],
)
def test_claims_are_found_by_what_they_say(store, asked, found):
    store.put(two_claims(published="2016-06-11"))
    assert contents(store, **asked) == found
    page = store.page(Filter(**asked))
    assert [row.claim.content.exact[:14] for row in page.rows] == found
    assert store.facets(Filter(**asked)).claims == len(found)
    # and of a report that is in no store
    read = two_claims(published="2016-06-11")
    left = Sieve(Filter(**asked)).left(read.document, read.claims)
    assert [claim.content.exact[:14] for claim in left] == found


def test_a_sieve_leaves_what_a_store_does_and_keeps_nothing_of_it(store):
    reads = [two_claims(published="2016-06-11"), *made.generated(20, claims_each=4), made.flita()]
    for read in reads:
        store.put(read)
    for query in (
        Filter(types=("ASSAULT",), certainties=("certain",)),
        Filter(near=Near(lat=20, lon=40, km=3000)),
        Filter(earliest="2018-01-01", languages=("en", "fr")),
        Filter(text="Flita OR Place", countries=("SY",)),
        Filter(documents=(made.flita().document.id,)),
    ):
        sieve = Sieve(query)
        left = [(read.document.id, claim.id) for read in reads for claim in sieve.left(read.document, read.claims)]
        assert left == [(row.document.id, row.claim.id) for row in store.claims(query)]
        assert sieve.left(reads[0].document, ()) == ()


def test_a_place_as_wide_as_a_country_lies_near_nothing(store):
    text = "Des combats en Syrie."
    place = made.pin(made.Place, text, "Syrie", lat=35.0, lon=38.0, precision=6, name="Syria")
    store.put(made.reading(text, [made.claim(text, "combats en Syrie", places=(place,))]))
    assert contents(store, near=Near(lat=35.0, lon=38.0, km=10)) == []


@pytest.mark.parametrize("lon, other", [(179.9, -179.9), (-179.9, 179.9)])
def test_distances_go_on_beyond_the_date_line(store, lon, other):
    text = "Des combats à Taveuni."
    place = made.pin(made.Place, text, "Taveuni", lat=-16.9, lon=lon, precision=1)
    store.put(made.reading(text, [made.claim(text, "combats à Taveuni", places=(place,))]))
    assert len(contents(store, near=Near(lat=-16.9, lon=other, km=30))) == 1
    assert contents(store, near=Near(lat=-16.9, lon=other, km=10)) == []


@pytest.mark.parametrize("near", [Near(lat=91, lon=0, km=1), Near(lat=0, lon=181, km=1), Near(lat=0, lon=0, km=-1)])
def test_what_is_nowhere_is_refused(store, near):
    with pytest.raises(InputError, match="nowhere"):
        store.page(Filter(near=near))


def test_pages_together_are_all_claims_each_once(store):
    for reading in made.generated(7, claims_each=3):
        store.put(reading)
    everything = [row.key for row in store.claims()]
    paged, after = [], 0
    while after is not None:
        page = store.page(after=after, limit=4)
        paged += [row.key for row in page.rows]
        after = page.after
    assert paged == everything
    assert len(set(paged)) == 21


def test_facets_count_what_the_filter_leaves(store):
    for reading in made.generated(12, claims_each=5):
        store.put(reading)
    query = Filter(types=("ASSAULT", "AID"), publishers=("Outlet 1", "Outlet 2", "Outlet 3"))
    rows = list(store.claims(query))
    found = store.facets(query, limit=1000)
    assert rows
    assert found.claims == len(rows)
    assert found.documents == len({row.document.id for row in rows})

    def counted(values):
        return {value: sum(value in each for each in values) for value in set().union(*values)}

    expected = {
        "type": [{row.claim.type} for row in rows],
        "certainty": [{row.claim.certainty} for row in rows],
        "publisher": [{row.document.publisher} for row in rows],
        "language": [{row.document.language} for row in rows],
        "actors": [{actor.name for actor in row.claim.actors} for row in rows],
        "places": [{place.name for place in row.claim.places} for row in rows],
        "sources": [{link.name for link in row.claim.chain if link.name} for row in rows],
        "counted": [{quantity.kind for quantity in row.claim.quantities} for row in rows],
    }
    assert {field: dict(found.values[field]) for field in expected} == {
        field: counted(values) for field, values in expected.items()
    }


def test_facets_keep_up_with_what_comes_and_goes(store):
    store.put(two_claims())
    before = store.facets(of=("actors",))
    store.put(made.flita())
    assert dict(store.facets(of=("recipients",)).values["recipients"]) == {"al-Nusra Front": 1}
    store.forget("flita", remember=False)
    assert store.facets(of=("actors",)) == before
    store.put(made.flita(url="https://example.org/1"))
    assert store.facets().claims == 3


def test_the_most_frequent_values_come_first(store):
    for reading in made.generated(20, claims_each=5):
        store.put(reading)
    every = store.facets(of=("actors",), limit=1000).values["actors"]
    assert store.facets(of=("actors",), limit=3).values["actors"] == every[:3]
    assert every == tuple(sorted(every, key=lambda each: (-each[1], each[0])))


def test_a_facet_there_is_not_is_refused(store):
    with pytest.raises(InputError, match="no facet"):
        store.facets(of=("colour",))


def test_an_empty_store_answers_with_nothing(store):
    assert list(store.claims()) == list(store.documents()) == list(store.fates()) == store.search("x") == []
    assert store.page().rows == ()
    assert store.facets().claims == 0
    assert store.counts().read == 0
    assert store.audit() == []
    assert store.events_stale()


def test_documents_and_readings_are_those_with_a_claim_that_is_left(store):
    store.put(made.flita())
    store.put(two_claims())
    text = "Rien à signaler."
    store.put(made.reading(text, name="quiet"))
    assert [document.name for document in store.documents()] == ["flita", "two", "quiet"]
    assert [document.name for document in store.documents(Filter(polarities=("negative",)))] == ["two"]
    (reading,) = store.readings(Filter(polarities=("negative",)))
    assert [claim.content.exact for claim in reading.claims] == ["avoir bombardé Alep"]
    assert reading.document == two_claims().document


def test_claims_told_twice_in_a_report_can_be_left_out(store):
    text = "Un mort à Homs. Un mort à Homs."
    first = made.claim(text, "Un mort à Homs")
    again = msgspec.structs.replace(first, id="again", repeats=first.id)
    store.put(made.reading(text, [first, again]))
    assert len(contents(store)) == 2
    assert len(contents(store, repeats=False)) == 1


# --- versions ----------------------------------------------------------------------------------------------------------------------

OLD = "Douze civils ont été tués à Alep. Un pont a été détruit. Des secours arrivent."
NEW = "Mise à jour. Quatorze civils ont été tués à Alep. Des secours arrivent. Un enfant est mort."


def version(text, contents, **facts):
    claims = [made.claim(text, content, type=kind, quantities=quantities(text, content)) for content, kind in contents]
    return made.reading(text, claims, **{"name": "alep", "url": "https://example.org/alep", **facts})


def quantities(text, content):
    number = content.split()[0]
    size = {"Douze": 12.0, "Quatorze": 14.0}.get(number)
    return (made.pin(made.Quantity, text, number, kind="killed", low=size, best=size, high=size),) if size else ()


def old(**facts):
    told = [
        ("Douze civils ont été tués à Alep", "ASSAULT"),
        ("Un pont a été détruit", "ASSAULT"),
        ("Des secours arrivent", "AID"),
    ]
    return version(OLD, told, **facts)


def new(**facts):
    told = [
        ("Quatorze civils ont été tués à Alep", "ASSAULT"),
        ("Des secours arrivent", "AID"),
        ("Un enfant est mort", "ASSAULT"),
    ]
    return version(NEW, told, **facts)


def test_another_text_at_an_address_is_its_next_version(store):
    store.put(old())
    store.put(new())
    texts = store.versions("alep")
    assert [(text.version, text.versions, text.current) for text in texts] == [(1, 2, False), (2, 2, True)]
    # the older text is kept, and asked for by name
    assert len(contents(store)) == 3
    assert len(contents(store, versions="all")) == 6
    assert [document.id for document in store.documents()] == [new().document.id]


def test_versions_follow_the_time_they_were_fetched_in_any_order(store):
    store.put(new(fetched="2016-02-01T00:00:00Z"))
    store.put(old(fetched="2016-01-01T00:00:00Z"))
    assert [text.id for text in store.versions(old().document.id)] == [old().document.id, new().document.id]
    assert [row.document.id for row in store.claims()] == [new().document.id] * 3


def test_what_changed_between_versions_is_told(store):
    store.put(old())
    store.put(new())
    (step,) = store.changes(old().document.id)
    told = [(edit.kind, (edit.before or edit.after).content.exact, edit.fields) for edit in step.edits]
    assert told == [
        ("changed", "Douze civils ont été tués à Alep", ("content", "quantities")),
        ("lost", "Un pont a été détruit", ()),
        ("gained", "Un enfant est mort", ()),
    ]
    assert step.edits[0].after.quantities[0].best == 14.0


def test_a_claim_that_only_moved_did_not_change(store):
    store.put(old())
    longer = "Chapeau. " + OLD
    told = [
        ("Douze civils ont été tués à Alep", "ASSAULT"),
        ("Un pont a été détruit", "ASSAULT"),
        ("Des secours arrivent", "AID"),
    ]
    store.put(version(longer, told))
    assert [step.edits for step in store.changes(old().document.id)] == [()]


def test_the_version_before_is_current_again_when_the_newest_is_forgotten(store):
    store.put(old())
    store.put(new())
    store.forget(new().document.id)
    assert [row.document.id for row in store.claims()] == [old().document.id] * 3
    assert store.changes(old().document.id) == []


def test_documents_without_an_address_have_no_versions(store):
    store.put(old(url=None))
    store.put(new(url=None))
    assert len(list(store.documents())) == 2
    assert len(store.versions(old().document.id)) == 1


# --- what is added -----------------------------------------------------------------------------------------------------------------


def judgement(number=1, **facts):
    document = two_claims().document.id
    target = Ref(document=document, claim=two_claims().claims[0].id)
    return Judgement(**{"id": f"j{number}", "who": "ana", "when": "2026-01-01T00:00:00Z", "target": target, **facts})


def test_judgements_come_out_in_the_order_made(store):
    store.put(two_claims())
    made_ones = [
        judgement(1, verdict="reject", why="a homonym"),
        judgement(2, who="ben", verdict="correct", path="actors.0.name", replacement={"name": "Amal", "n": [1, None]}),
        judgement(3, verdict="undo", undoes="j1"),
        judgement(4, target=None, event="ev1"),
    ]
    for each in made_ones:
        store.judge(each)
    assert list(store.judgements()) == made_ones
    assert [each.id for each in store.judgements(who="ben")] == ["j2"]
    assert [each.id for each in store.judgements(document=two_claims().document.id)] == ["j1", "j2", "j3"]


def test_a_judgement_is_never_changed(store):
    store.judge(judgement())
    store.judge(judgement())
    with pytest.raises(InputError, match="already"):
        store.judge(judgement(verdict="reject"))
    assert list(store.judgements()) == [judgement()]


def test_a_document_read_anew_keeps_its_judgements(store):
    store.put(two_claims())
    store.judge(judgement())
    again = msgspec.structs.replace(
        two_claims(), claims=two_claims().claims[:1], run=msgspec.structs.replace(made.RUN, id="r2")
    )
    store.replace(again)
    assert store.machine("two") == again
    assert list(store.judgements()) == [judgement()]
    assert store.facets().claims == store.counts().claims == 1
    assert store.audit() == []


def test_a_reading_of_another_text_replaces_nothing(store):
    store.put(two_claims())
    with pytest.raises(InputError, match="another text"):
        store.replace(made.flita(), two_claims().document.id)


def event(name, *refs):
    return Event(id=name, claims=tuple(Ref(document=document, claim=claim) for document, claim in refs), title=name)


def test_events_are_kept_until_documents_come_or_go(store):
    store.put(two_claims())
    events = [event("e2", ("d", "c")), event("e1", ("d", "c2"), (two_claims().document.id, "c"))]
    store.keep_events(events)
    assert list(store.events()) == events
    assert not store.events_stale()
    store.put(made.flita())
    assert store.events_stale()
    store.keep_events([])
    assert (list(store.events()), store.events_stale()) == ([], False)


# --- forgetting --------------------------------------------------------------------------------------------------------------------


def test_forgetting_removes_a_document_and_all_that_came_from_it(store):
    store.put(made.flita(), unit=Unit(source="flita.txt"))
    store.put(two_claims(), unit=Unit(source="two.txt"))
    store.judge(judgement())
    store.judge(judgement(2, target=Ref(document=made.flita().document.id, claim="x")))
    document = two_claims().document.id
    store.keep_events([event("e1", (document, "c")), event("e2", (made.flita().document.id, "c"))])
    gone = store.forget("two")
    assert (gone.document, gone.name) == (document, "two")
    assert gone.removed == {"claims": 2, "evidence": 11, "judgements": 1, "events": 1, "inputs": 1}
    assert not store.has(document)
    assert [reading.document.name for reading in store.readings()] == ["flita"]
    assert store.search("bombardé") == []
    assert [each.id for each in store.judgements()] == ["j2"]
    assert [each.id for each in store.events()] == ["e2"]
    assert store.seen(Unit(source="two.txt")) is None
    assert store.counts() == Counts(read=2, stored=1, duplicates=0, refused=0, forgotten=1, documents=1, claims=1)
    assert store.audit() == []


def test_what_was_forgotten_does_not_come_back_by_itself(store):
    store.put(two_claims())
    store.forget("two")
    assert store.skip(two_claims().document).outcome == "forgotten"
    assert store.put(two_claims(), unit=Unit(source="two.txt")).outcome == "forgotten"
    assert store.counts() == Counts(read=3, stored=0, duplicates=0, refused=0, forgotten=3, documents=0, claims=0)
    assert [fate.name for fate in store.fates()] == ["", "", ""]


def test_what_was_removed_without_being_remembered_may_come_back(store):
    store.put(two_claims())
    store.forget("two", remember=False)
    assert store.put(two_claims()).outcome == "stored"


def reports():
    """Four texts, two of them of one address, one of them with a copy elsewhere."""
    return (
        two_claims(),
        made.flita(),
        made.flita(name="copy", publisher="Autre"),
        old(fetched="2015-06-01"),
        new(fetched="2015-06-02"),
    )


def held(store):
    """Every row there is of what remains, by what it says: when it was stored and how it is numbered is nobody's business."""
    db = store._db
    queries = {
        "documents": "SELECT document.id, identity, name, address, version, current, claims, document.record, text, run.record"
        " FROM document JOIN run ON run.key = run",
        "claims": "SELECT document.id, claim.id, claim.current, actors, places, claim_record.record FROM claim"
        " JOIN document ON document.key = document JOIN claim_record ON claim_record.claim = claim.key",
        "runs": "SELECT record FROM run",
        "units": "SELECT source, outcome, document, name FROM unit WHERE outcome <> 'forgotten'",
        "judgements": "SELECT record FROM judgement",
        "events": "SELECT event.id, document, claim FROM event JOIN event_claim ON event_claim.event = event.key",
        "indexed": "SELECT document.id FROM document JOIN words_docsize ON words_docsize.id = document.key",
        "index": "SELECT count(*) FROM words_docsize",
    }
    return {what: sorted(db.execute(sql).fetchall(), key=repr) for what, sql in queries.items()}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "put", "put", "forget", "let go", "read anew"]),
            st.integers(0, 4),
            st.integers(0, 2),
        ),
        max_size=14,
    )
)
def test_whatever_came_and_went_the_store_is_as_if_what_remains_had_been_read_alone(steps):
    pool = reports()
    with open_store(":memory:", create=True) as store:
        inputs, gone = [], set()
        for act, number, file in steps:
            document = pool[number].document
            unit = Unit(source=f"/reports/{number}-{file}.txt")
            if act == "put":
                outcome = store.put(pool[number], unit=unit).outcome
                assert (outcome == "forgotten") == (
                    document.sha256 in {sha for sha, _ in gone} and not store.has(document.id)
                )
                if outcome == "forgotten":
                    gone.add((document.sha256, unit))
                elif (number, unit) not in inputs:
                    inputs.append((number, unit))
            elif store.has(document.id):
                if act == "read anew":
                    store.replace(pool[number])
                    continue
                store.keep_events([event("e", (document.id, "c"))])
                store.forget(document.id, remember=act == "forget")
                if act == "forget":
                    gone |= {(document.sha256, each) for n, each in inputs if n == number}
                inputs = [(n, each) for n, each in inputs if n != number]
        counts = store.counts()
        assert counts.read == counts.stored + counts.duplicates + counts.refused + counts.forgotten
        assert counts.forgotten == len(gone)
        assert store.audit() == []
        with open_store(":memory:", create=True) as fresh:
            for number, unit in inputs:
                fresh.put(pool[number], unit=unit)
            assert held(store) == held(fresh)
        before = store.counts()
        for number, unit in inputs:
            store.put(pool[number], unit=unit)
        assert store.counts() == before


def test_an_input_that_was_forgotten_counts_once_however_often_it_is_read(store):
    store.put(two_claims(), unit=Unit(source="two.txt"))
    store.put(two_claims(), unit=Unit(source="again.txt"))
    store.put(made.flita(), unit=Unit(source="flita.txt"))
    store.forget("two")
    assert store.counts().forgotten == 2
    for _ in range(3):
        for source in ("two.txt", "again.txt"):
            assert store.put(two_claims(), unit=Unit(source=source)).outcome == "forgotten"
    assert store.counts() == Counts(read=3, stored=1, duplicates=0, refused=0, forgotten=2, documents=1, claims=1)
    # nor is the name of the input kept
    assert not [fate for fate in store.fates() if "two" in f"{fate.unit} {fate.name}"]


def test_what_may_return_leaves_no_input_behind(store):
    store.put(two_claims(), unit=Unit(source="two.txt"))
    store.forget("two", remember=False)
    assert store.counts().read == 0
    assert store.put(two_claims(), unit=Unit(source="two.txt")).outcome == "stored"
    assert store.counts() == Counts(read=1, stored=1, duplicates=0, refused=0, forgotten=0, documents=1, claims=2)


def test_nothing_is_forgotten_by_a_name_nobody_has(store):
    store.put(two_claims())
    with pytest.raises(InputError, match="no document"):
        store.forget("three")
    assert store.counts().documents == 1


def test_words_that_are_not_the_texts_own_are_found_by_the_audit(store):
    reading = two_claims()
    moved = msgspec.structs.replace(reading.claims[0], trigger=made.Trigger(start=0, end=2, exact="la"))
    store.put(msgspec.structs.replace(reading, claims=(moved,)))
    assert store.audit() == ["two: trigger is not the text's own"]


def test_facts_of_a_document_are_sourced_still(store):
    published = Sourced(value="2015-06-10", found="<meta>", trust="high")
    reading = made.flita()
    store.put(msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, published=published)))
    assert store.document("flita").document.published == published
