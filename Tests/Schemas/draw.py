"""Draws declarations, right ones and ones that are broken in one place, for `.ci/schemas`.

The loader and the JSON Schema must say the same of each. What a schema of one document cannot know is not drawn: rules between
keys, names of time zones, sums of lengths of time, patterns of Notion's own filters, and how YAML libraries read odd numbers.

usage: draw.py SEED COUNT FOLDER SCHEMA: writes `right-N.yaml` and `broken-N.yaml`, the latter with a word on what is broken.
"""

import json
import random
import sys
from pathlib import Path

seed, count, folder, schema = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), json.load(open(sys.argv[4]))
rng = random.Random(seed)
number = 0


class Raw(str):
    """Written as it is, without quotation marks."""


def text(value):
    """A value as YAML, in flow style."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(text(item) for item in value) + "]"
    return json.dumps(value)


def pick(*items):
    return rng.choice(items)


def some(mapping, least=0):
    """Some of the keys of a mapping whose values are drawn where they are taken."""
    keys = list(mapping)
    taken = rng.sample(keys, rng.randint(least, len(keys)))
    return {key: mapping[key]() for key in keys if key in taken}


# What is right.

WORDS = ["Status", "Name", "What's on?", "yes", "5", "a: b", "Größe", "[x", "#1", "null"]
DURATIONS = ["1m", "90m", "1h30m", "2d", "43200m", "720h", "0h5m"]
OFFSETS = ["0d", "90d", "6w", "6mo", "100y", "36525d"]
PATTERNS = ["{Name}", "{Name} ({Track})", "{{x}} {Name}", "{ Name }\nBy: {Who}", "{{{Name}}}", "x }} {N}"]
ZONES = ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]
SCOPES = ["user:ada@example.org", "group:g.h@example.org", "domain:example.org"]
COLORS = ["lavender", "sage", "grape", "flamingo", "banana", "tangerine", "peacock", "graphite", "blueberry", "basil", "tomato"]


def word():
    return pick(*WORDS)


def name_or_null():
    return pick(word(), word(), None)


def text_or_pattern():
    return pick(word(), *PATTERNS)


def day():
    return pick("today", "2026-12-01", "-30d", "+6mo", "+0d", "1999-02-28")


def value():
    return pick(word(), 5, 2.5, True, False, -1)


CONDITIONS = {
    "is": value, "is_not": value, "contains": value, "does_not_contain": value,
    "in": lambda: [value() for _ in range(rng.randint(1, 3))], "not_in": lambda: [value()],
    "starts_with": word, "ends_with": word, "empty": lambda: pick(True, False),
    "before": day, "after": day, "on_or_before": day, "on_or_after": day,
    "less_than": lambda: pick(5, -2.5, 0), "greater_than": lambda: pick(5, 1e3),
}


def condition():
    asked = some(CONDITIONS, 1)
    return {"property": word(), **dict(list(asked.items())[: rng.randint(1, 2)])}


def rule(depth=0):
    if depth > 2 or rng.random() < 0.5:
        return condition()
    kind = pick("all", "any", "not")
    return {kind: rule(depth + 1) if kind == "not" else [rule(depth + 1) for _ in range(rng.randint(1, 3))]}


def filter():
    raw = {"notion": pick({"property": "S", "select": {"equals": "x"}}, {"and": [{"property": "S", "checkbox": {"equals": True}}]})}
    return pick(rule(), rule(), rule(), raw, None)


TEMPLATE = {
    "duration": lambda: pick(*DURATIONS), "color": lambda: pick(*COLORS),
    "visibility": lambda: pick("default", "public", "private"), "busy": lambda: pick(True, False),
    "location": lambda: pick("Room 101", "Hall"), "title": lambda: pick("Board: {title}", *PATTERNS, "plain"),
    "description": lambda: pick("{description}\nBy {Who}", "one\ntwo", *PATTERNS),
    "reminders": lambda: rng.sample(["10m", "1h", "1d", "28d", "672h"], rng.randint(0, 5)),
}


def templates():
    values = {json.dumps(pick("Workshop", "Talk", "5")): some(TEMPLATE), **({"true": some(TEMPLATE)} if rng.random() < 0.3 else {})}
    more = {"otherwise": pick(some(TEMPLATE), None)} if rng.random() < 0.5 else {}
    return pick({"by": word(), "values": values, **more}, {"by": word(), "values": values, **more}, None)


def cancelled():
    treatment = pick({"show": "remove"}, {"prefix": pick("Cancelled: ", "Off — ")})
    return pick({"property": "Called off", "values": [value() for _ in range(rng.randint(1, 3))], **treatment}, None)


def sharing():
    rules = [{"role": pick("freeBusyReader", "reader", "writer", "owner"), "scope": scope} for scope in rng.sample(SCOPES, rng.randint(0, 3))]
    public = [{"role": pick("freeBusyReader", "reader"), "scope": "public"}] if rng.random() < 0.5 else []
    return pick(public + rules, public + rules, None)


def notion_id():
    digits = f"{number:032x}"
    dashed = "-".join([digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]])
    view = "11112222333344445555666677778888"
    return pick(
        digits, dashed, f"https://www.notion.so/{digits}?v={view}", f"https://www.notion.so/acm/Events-{digits}",
        f"https://www.notion.so/acm/Home-{view}?pvs=4#x".replace(view, digits), f" {dashed} ", digits.upper(),
        f"https://app.notion.com/x?p={dashed}&pm=s",
    )


KEYS = {
    "previously": lambda: [f"former-{number}-{one}" for one in range(rng.randint(0, 2))],
    "active": lambda: pick(True, False), "sync_enabled": lambda: pick(True, False),
    "data_source": word,
    "credentials": lambda: pick(None, some({
        "notion": lambda: pick("ACM_NOTION_KEY", "_a", None), "google": lambda: "ACM_GOOGLE_KEY_OF_THE_CHESS_CLUB",
        "webhook": lambda: pick("acm_secret", None), "impersonate": lambda: pick("officer@example.org", "a@b.", None),
    })),
    "google_calendar_id": lambda: pick(f"c{number}@group.calendar.google.com", f"person{number}@example.org"),
    "timezone": lambda: pick(*ZONES),
    "calendar": lambda: some({
        "name": word, "description": lambda: pick("Talks.\nAll welcome.\n", "x"), "sharing": sharing,
    }),
    "properties": lambda: some({
        "title": lambda: pick(text_or_pattern(), None), "date": name_or_null, "end": name_or_null,
        "location": lambda: pick(text_or_pattern(), None), "description": lambda: pick(text_or_pattern(), None),
        "recurrence": name_or_null,
    }),
    "filter": filter,
    "window": lambda: pick(None, some({"past": lambda: pick(None, *OFFSETS), "future": lambda: pick(*OFFSETS)})),
    "default_duration": lambda: pick(*DURATIONS), "sync_interval": lambda: pick(*DURATIONS),
    "templates": templates, "cancelled": cancelled,
    "write_back": lambda: pick(None, some({"link": name_or_null, "status": name_or_null})),
    "deletions": lambda: pick("auto", "confirm", "never"),
    "safety": lambda: some({"max_delete_percent": lambda: pick(0, 25, 100)}),
}


def right():
    document = {"prefix": f"org-{number}", "name": pick("ACM", "Chess \"club\"", "yes"), "notion_database_id": notion_id()}
    document.update(some(KEYS))
    return document


# What is broken, by the path to it: each a value that is wrong there, whatever else the document says.

TOKEN = "nvt9x8y7z6a5b4c3d2e1f0g9h8"
NOT_TEXT = [5, 2.5, True, None, [], {}, "", "  ", ["x"]]
NOT_LINE = [*NOT_TEXT, "two\nlines", "x" * 255]
NOT_NAME = [*[one for one in NOT_LINE if one is not None], "{Name}", "a}b"]
NOT_PATTERN = ["{Name", "Name}", "{}", "{ }", "{a}}", "{{a}", "{a{b}}", "{Na\nme}"]
NOT_FLAG = ["true", "yes", Raw("yes"), 1, None, [], {}]
NOT_DURATION = [60, "60", "", "m", "1h 30m", "30m1h", "0m", "0d0h", "31d", "721h", "43201m", "1.5h", "-1h", "1w", None, True, ["1h"], {}]
NOT_OFFSET = [90, "90", "-90d", "+90d", "90", "101y", "1201mo", "36526d", "5219w", "1d1w", "d", "", True, [], {}]
NOT_VALUE = ["", " ", None, [], {}, ["x"]]
NOT_DAY = [5, True, None, [], "tomorrow", "30d", "2026-13-01", "2026-12-32", "2026-00-10", "2026-1-1", "Today", "", "+101y", "2026-12-01T10:00"]
NOT_NUMBER = ["5", True, None, [], {}, "x"]
NOT_MAPPING = [5, True, "x", [], ["x"], ""]
NOT_TEMPLATE = [
    *[one for one in NOT_MAPPING], None, {"colour": "tomato"}, {"reminders": ["29d"]}, {"reminders": ["1m", "2m", "3m", "4m", "5m", "6m"]},
    {"reminders": "10m"}, {"reminders": [10]}, {"color": "red"}, {"color": 5}, {"color": None}, {"visibility": "hidden"}, {"busy": "yes"},
    {"location": "a\nb"}, {"location": None}, {"title": 5}, {"title": None}, {"title": ""}, {"description": []},
    *[{"duration": one} for one in NOT_DURATION], *[{"title": one} for one in NOT_PATTERN], *[{"description": one} for one in NOT_PATTERN],
]


def asked(key, wrong):
    return [{"property": "Status", key: one} for one in wrong]


NOT_RULE = [
    *NOT_MAPPING, {}, {"property": "Status"}, {"is": "x"}, {"property": None, "is": "x"}, {"property": 5, "is": "x"}, {"property": "", "is": "x"},
    {"property": "Status", "equals": "x"}, {"all": []}, {"any": {}}, {"all": None}, {"all": "x"}, {"not": []}, {"not": None}, {"and": [{"property": "S", "is": 1}]},
    {"all": [{"property": "S", "is": 1}], "any": [{"property": "S", "is": 1}]}, {"not": {"property": "S"}}, {"all": [5]},
    {"not": {"property": "S", "is": 1}, "property": "S"},
    *asked("is", NOT_VALUE), *asked("is_not", NOT_VALUE), *asked("contains", NOT_VALUE), *asked("does_not_contain", NOT_VALUE),
    *asked("in", ["x", [], None, {}, 5, [[]], [None]]), *asked("not_in", ["x", [], None]),
    *asked("starts_with", NOT_TEXT), *asked("ends_with", NOT_TEXT), *asked("empty", NOT_FLAG),
    *asked("before", NOT_DAY), *asked("after", NOT_DAY), *asked("on_or_before", NOT_DAY), *asked("on_or_after", NOT_DAY),
    *asked("less_than", NOT_NUMBER), *asked("greater_than", NOT_NUMBER),
]
NOT_FILTER = [
    *NOT_RULE, {"notion": "x"}, {"notion": None}, {"notion": []}, {"notion": {}}, {"notion": {"select": {"equals": "x"}}},
    {"notion": {"property": "S", "checkbox": {"equals": True}}, "property": "S", "is": 1}, {"all": [{"notion": {"property": "S"}}]},
]
NOT_SHARING = [
    "public", {}, 5, ["public"], [{}], [{"role": "reader"}], [{"scope": "public"}], [{"role": "admin", "scope": "public"}],
    [{"role": 5, "scope": "public"}], [{"role": "reader", "scope": None}], [{"role": "reader", "scope": "everybody"}],
    [{"role": "reader", "scope": "user:ada"}], [{"role": "reader", "scope": "ada@example.org"}], [{"role": "reader", "scope": "domain:org"}],
    [{"role": "reader", "scope": "group:a@b@c.d"}], [{"role": "reader", "scope": "public", "kind": "x"}], [None], [[]],
]
NOT_CANCELLED = [
    *NOT_MAPPING, {}, {"property": "S"}, {"property": "S", "values": ["x"]}, {"values": ["x"], "show": "remove"}, {"property": "S", "show": "remove"},
    {"property": "S", "values": ["x"], "show": "remove", "prefix": "Off: "}, {"property": "S", "values": [], "show": "remove"},
    {"property": "S", "values": "x", "show": "remove"}, {"property": "S", "values": [None], "show": "remove"}, {"property": "S", "values": [[]], "show": "remove"},
    {"property": "S", "values": ["x"], "show": "keep"}, {"property": "S", "values": ["x"], "show": True}, {"property": "S", "values": ["x"], "show": None},
    {"property": "{S}", "values": ["x"], "show": "remove"}, {"property": 5, "values": ["x"], "show": "remove"},
    *[{"property": "S", "values": ["x"], "prefix": one} for one in NOT_LINE + ["a\u202eb"]],
    {"property": "S", "values": ["x"], "show": "remove", "colour": "x"},
]
NOT_VARIABLE = [5, True, [], {}, "", "1A", "A-B", "a b", "ntn_abc", "secret_x", "ya29x", "AIzax", "eyJx", TOKEN, "A" * 101]

BROKEN = {
    "prefix": [*NOT_TEXT, "ACM", "-acm", "a b", "a" * 65, "ä"],
    "previously": ["x", {}, 5, None, ["ACM"], [5], [None], ["a b"]],
    "name": [*NOT_LINE, "a\u202eb", "a\u2066b", "a\u0007b"],
    "active": NOT_FLAG, "sync_enabled": NOT_FLAG,
    "notion_database_id": [*NOT_TEXT, "events", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0", "https://www.notion.so/x?v=11112222333344445555666677778888"],
    "data_source": NOT_LINE,
    "credentials": [*NOT_MAPPING, {"token": "A"}, {"impersonate": "officer"}, {"impersonate": 5}, {"impersonate": "a@b"}, {"impersonate": "a@b@c.d"}, {"impersonate": "a b@c.d"},
                    *[{key: one} for key in ["notion", "google", "webhook"] for one in NOT_VARIABLE]],
    "google_calendar_id": [*NOT_TEXT, "primary", "a/b", "a b", "..."],
    "timezone": [*NOT_TEXT, "Phoenix", "America / Phoenix"],
    "calendar": [*NOT_MAPPING, None, {"colour": 1}, *[{"name": one} for one in NOT_LINE + ["a\u202eb"]], *[{"description": one} for one in NOT_TEXT],
                 *[{"sharing": one} for one in NOT_SHARING]],
    "properties": [*NOT_MAPPING, None, {"titel": "Name"}, *[{key: one} for key in ["date", "end", "recurrence"] for one in NOT_NAME],
                   *[{key: one} for key in ["title", "location", "description"] for one in NOT_PATTERN + [5, True, [], {}, "", "x" * 255, "two\nlines"]]],
    "filter": NOT_FILTER,
    "window": [*NOT_MAPPING, {"before": "90d"}, *[{key: one} for key in ["past", "future"] for one in NOT_OFFSET]],
    "default_duration": NOT_DURATION, "sync_interval": NOT_DURATION,
    "templates": [*NOT_MAPPING, {"by": "{Type}", "values": {}}, {"by": None, "values": {}}, {"by": "Type", "values": []}, {"by": "Type", "values": None},
                  {"by": "Type", "value": {}}, *[{"by": "Type", "values": {"Talk": one}} for one in NOT_TEMPLATE],
                  *[{"by": "Type", "otherwise": one} for one in NOT_TEMPLATE if one is not None]],
    "cancelled": NOT_CANCELLED,
    "write_back": [*NOT_MAPPING, {"url": "x"}, *[{key: one} for key in ["link", "status"] for one in NOT_NAME]],
    "deletions": ["sometimes", 5, True, None, [], {}, "", "Auto"],
    "safety": [*NOT_MAPPING, None, {"max": 5}, *[{"max_delete_percent": one} for one in [-1, 101, "25", None, True, 2.5, [], {}]]],
}

# Every key of the format is drawn, or this is old.
known = set(schema["properties"])
assert known == set(KEYS) | {"prefix", "name", "notion_database_id"} == set(BROKEN), known ^ set(BROKEN)
everything = [(key, one) for key, wrong in BROKEN.items() for one in wrong]
rng.shuffle(everything)


def lines(document):
    return [f"{key}: {text(value)}" for key, value in document.items()]


for number in range(1, count + 1):
    (folder / f"right-{number}.yaml").write_text("\n".join(lines(right())) + "\n")
for number in range(count + 1, 2 * count + 1):
    document = right()
    kind = number % 20
    if kind == 0:
        written = lines(document) + [f"{pick('prefx', 'colour', 'Name')}: x"]
        broken = "an unknown key"
    elif kind == 1:
        written = lines(document) + [lines(document)[0]]
        broken = "a key twice"
    elif kind == 2:
        gone = pick("prefix", "name")
        written = [line for line in lines(document) if not line.startswith(gone + ":")]
        broken = f"no {gone}"
    else:
        key, wrong = everything[number % len(everything)]
        # An organization that is synchronized needs its database in any case.
        written = lines({**document, key: wrong})
        broken = f"{key}: {text(wrong)}"
    comment = broken.replace("\n", " ")
    (folder / f"broken-{number}.yaml").write_text(f"# broken: {comment}\n" + "\n".join(written) + "\n")
