"""Reads series on three sides and says where they differ: our feed by icalendar and recurring-ical-events, our JSON, and Google.

Environment: GOOGLE (base URL of the emulator), SERVICE (ours), TOKEN (ours). Arguments: prefixes of organizations.
"""

import json
import os
import sys
import urllib.parse
import urllib.request
from datetime import date, datetime, timedelta, timezone

import icalendar
import recurring_ical_events

GOOGLE, SERVICE, TOKEN = (os.environ[name] for name in ("GOOGLE", "SERVICE", "TOKEN"))
FIRST, LAST = date(2026, 12, 1), date(2028, 1, 31)


def ask(url, method="GET", body=None, token=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def instant(value):
    """A moment as text: an instant in UTC, or a day."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def of_feed(prefix):
    calendar = icalendar.Calendar.from_ical(ask(f"{SERVICE}/api/calendar/{prefix}/events.ics"))
    series = {str(event["UID"]) for event in calendar.walk("VEVENT") if "RRULE" in event}
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    named = {
        event["DTSTART"].params["TZID"] for event in calendar.walk("VEVENT") if "TZID" in event["DTSTART"].params
    }
    assert named <= zones, f"{prefix}: {named - zones} have no rules in the feed"
    found = []
    for event in recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(days=1)):
        if str(event["UID"]) in series:
            found.append((str(event["SUMMARY"]), instant(event["DTSTART"].dt), instant(event["DTEND"].dt)))
    return sorted(found)


def of_events(prefix):
    answer = json.loads(ask(f"{SERVICE}/api/calendar/{prefix}/events?from={FIRST}&to={LAST}"))
    found = []
    for event in answer["events"]:
        if "recurrence_id" in event:
            end = event["end"]
            if "T" not in end:  # The last day, as people say it.
                end = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
            found.append((event["title"], instant(event["start"]), instant(end)))
    return sorted(found)


def google(path, method="GET", body=None):
    answer = ask(f"{GOOGLE}/calendar/v3/{path}", method, body, google.token)
    return json.loads(answer) if answer else None


def calendar_of(prefix):
    for entry in google("users/me/calendarList")["items"]:
        if f"organization {prefix}," in entry.get("description", ""):
            return urllib.parse.quote(entry["id"])
    raise SystemExit(f"There is no calendar of {prefix}.")


def instances(prefix):
    bounds = f"timeMin={FIRST}T00:00:00Z&timeMax={LAST + timedelta(days=1)}T00:00:00Z"
    path, page, found = f"calendars/{calendar_of(prefix)}/events?singleEvents=true&orderBy=startTime&{bounds}", "", []
    while True:
        answer = google(path + page)
        found += [event for event in answer["items"] if "recurringEventId" in event]
        if "nextPageToken" not in answer:
            return found
        page = f"&pageToken={urllib.parse.quote(answer['nextPageToken'])}"


def moment(value):
    return instant(value.get("dateTime") or value["date"])


def of_google(prefix):
    return sorted((event["summary"], moment(event["start"]), moment(event["end"])) for event in instances(prefix))


def compare(prefix, when):
    sides = {"Google": of_google(prefix), "/events": of_events(prefix), "the feed": of_feed(prefix)}
    expected = sides["Google"]
    assert len(expected) >= 15, f"{prefix}: only {len(expected)} occurrences"
    for name, found in sides.items():
        if found != expected:
            missing, more = set(expected) - set(found), set(found) - set(expected)
            raise SystemExit(f"{prefix}, {when}: {name} lacks {sorted(missing)[:5]} and has {sorted(more)[:5]}")
    return expected


def edit(prefix):
    """What people do in Google's user interface: one occurrence is moved, one renamed, one cancelled."""
    calendar, events = calendar_of(prefix), instances(prefix)
    # The first after each change of the clocks, and one in between.
    spring = next(event for event in events if moment(event["start"]) > "2027-03-29")
    autumn = next(event for event in events if moment(event["start"]) > "2027-11-08")
    summer = next(event for event in events if moment(event["start"]) > "2027-07-01")

    def path(event):
        return f"calendars/{calendar}/events/{event['id']}"

    def later(value, days):
        if "date" in value:
            return {"date": (date.fromisoformat(value["date"]) + timedelta(days=days)).isoformat()}
        return {**value, "dateTime": (datetime.fromisoformat(value["dateTime"]) + timedelta(days=days, hours=1)).isoformat()}

    google(path(spring), "PATCH", {"start": later(spring["start"], 1), "end": later(spring["end"], 1)})
    google(path(summer), "PATCH", {"summary": "Something else"})
    google(path(autumn), "DELETE")


google.token = json.loads(ask(f"{GOOGLE}/_emulator/access-token", "POST"))["access_token"]
for prefix in sys.argv[1:]:
    before = compare(prefix, "as written")
    hours = {text[11:16] for _, text, _ in before if "T" in text}
    assert len(hours) >= 2, f"{prefix}: no series crosses a change of the clocks"
    edit(prefix)
    ask(f"{SERVICE}/api/calendar/{prefix}/sync", "POST", token=TOKEN)
    after = compare(prefix, "after people changed occurrences")
    assert len(after) == len(before) - 1 and "Something else" in {title for title, _, _ in after}, "nothing was changed"
    print(f"series of {prefix}: {len(after)} occurrences are the same in Google, in /events and in the feed")
