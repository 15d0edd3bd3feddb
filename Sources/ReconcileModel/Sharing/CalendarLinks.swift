/// Where people find a calendar.
package struct CalendarLinks: Hashable, Sendable {
    /// Shows it in a browser.
    package var page: String
    /// Adds it to the calendars of whoever follows it.
    package var subscription: String
    /// Google's feed, for other programs; it works once the calendar is public.
    package var feed: String
    /// The feed of our service; nil where its public address is not known.
    package var ownFeed: String?

    package init(page: String, subscription: String, feed: String, ownFeed: String?) {
        self.page = page
        self.subscription = subscription
        self.feed = feed
        self.ownFeed = ownFeed
    }
}
