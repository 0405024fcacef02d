"""A store of 100,000 claims: what opening, pages, counts and searches cost, and what storing costs beside reading. CPU time throughout."""

import statistics
import time

import msgspec
import pytest

import reportedly
import storedreadings as made
from reportedly import samples
from reportedly.queries import Filter, Near
from reportedly.store import open_store

pytestmark = pytest.mark.slow

DOCUMENTS, CLAIMS_EACH = 10_000, 10
QUESTIONS = {
    "all": Filter(),
    "an actor often named": Filter(actors=("Group A0",)),
    "an actor rarely named": Filter(actors=("Group N299",)),
    "somebody nobody knows": Filter(actors=("spokesman",)),
    "near": Filter(near=Near(lat=20, lon=40, km=500)),
    "a month": Filter(earliest="2018-03-01", latest="2018-03-31"),
    "a type": Filter(types=("ASSAULT",)),
    "half of them": Filter(certainties=("certain",)),
    "an outlet": Filter(publishers=("Outlet 3",)),
    "a source kind": Filter(source_kinds=("witness",)),
    "words": Filter(text="Place 3"),
    "several": Filter(
        types=("ASSAULT",), certainties=("certain",), languages=("en",), near=Near(lat=10, lon=40, km=2000)
    ),
    "nothing": Filter(types=("NOPE",)),
}


def spent(act, *args, **options):
    """Return the milliseconds of CPU time that an act takes."""
    begun = time.process_time()
    act(*args, **options)
    return (time.process_time() - begun) * 1000


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    file = tmp_path_factory.mktemp("scale") / "big.db"
    with open_store(file, create=True) as store:
        batch = []
        for reading in made.generated(DOCUMENTS, claims_each=CLAIMS_EACH):
            batch.append(reading)
            if len(batch) == 100:
                with store.together():
                    for each in batch:
                        store.put(each)
                batch.clear()
    return file


def test_a_large_store_opens_at_once(path):
    opening = [spent(lambda: open_store(path).close()) for _ in range(9)]
    assert statistics.median(opening) < 50


def test_pages_and_counts_of_100_000_claims_take_less_than_200_ms_19_times_in_20(path):
    with open_store(path) as store:
        assert store.counts().claims == DOCUMENTS * CLAIMS_EACH
        # the columns are read once a process
        store.facets()
        pages = [spent(store.page, query, after=after) for query in QUESTIONS.values() for after in (0, 30_000, 90_000)]
        counts = [spent(store.facets, query) for query in QUESTIONS.values() for _ in range(3)]
        assert percentile(pages) < 200, pages
        assert percentile(counts) < 200, counts


def percentile(values, share=0.95):
    return sorted(values)[int(share * (len(values) - 1))]


def test_a_page_far_behind_costs_what_the_first_does(path):
    with open_store(path) as store:
        first, last = (statistics.median(spent(store.page, after=after) for _ in range(21)) for after in (0, 99_000))
        assert last < 3 * first


def test_searching_takes_less_than_200_ms(path):
    with open_store(path) as store:
        for words in ("fighters", '"Group A0" killed', "Place* -spokesman", "Report OR Group"):
            assert statistics.median(spent(store.search, words) for _ in range(3)) < 200


def test_claims_are_walked_with_little_memory_and_all_are_sound(path):
    with open_store(path) as store:
        assert sum(1 for _ in store.claims()) == DOCUMENTS * CLAIMS_EACH
        assert store.audit() == []


def test_forgetting_one_of_many_leaves_no_trace(path):
    secret = "Zoubeïda Trémolat a été tuée à Kérity."
    with open_store(path) as store:
        store.put(made.reading(secret, [made.claim(secret, "Zoubeïda Trémolat a été tuée")], name="tremolat"))
        assert store.forget("tremolat").complete
    contents = path.read_bytes()
    assert not [word for word in (b"tremolat", "Trémolat".encode(), b"kerity") if word in contents]


COPIES = 10


def test_storing_takes_no_more_than_2_percent_of_reading(tmp_path):
    """Stored as ingest does, some documents a transaction, by a process that has met most words before, in a store that is not empty."""
    reader = reportedly.Reader()
    reader.warm()
    folder = samples.FOLDER
    documents = [document for name in samples.names() for document in reportedly.documents(folder / f"{name}.txt")]
    for document in documents[:5]:
        reader.read(document)
    with open_store(tmp_path / "reports.db", create=True) as store:
        for each in made.generated(500):
            store.put(each)

    def read(document, answers):
        answers.append(reader.read(document))

    def keep(readings):
        with store.together():
            for each in readings:
                store.put(each)

    def copied(reading, number):
        document = reading.document
        url = f"https://example.org/{number}/{document.name}"
        return msgspec.structs.replace(
            reading, document=msgspec.structs.replace(document, id=f"{number}{document.id}", url=url)
        )

    reading, storing = 0.0, 0.0
    with open_store(tmp_path / "reports.db") as store:
        for first in range(0, len(documents), 13):
            answers = []
            # interleaved, so that whatever else the machine does slows both alike
            for document in documents[first : first + 13]:
                reading += spent(read, document, answers)
            for number in range(COPIES):
                storing += spent(keep, [copied(each, number) for each in answers]) / COPIES
    assert storing <= 0.02 * reading, f"{storing:.0f} ms beside {reading:.0f} ms: {storing / reading:.2%}"
