/// The colours that Google Calendar has for events, by their names there.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/colors>
package enum EventColor: String, CaseIterable, Codable, Sendable {
    case lavender, sage, grape, flamingo, banana, tangerine, peacock, graphite, blueberry, basil, tomato
}

/// Who sees an event beyond its times.
///
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events#visibility>
package enum EventVisibility: String, CaseIterable, Codable, Sendable {
    case standard = "default"
    case shown = "public"
    case hidden = "private"
}
