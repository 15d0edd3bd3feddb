package import CalendarAPI
package import NotionAPI

/// Both services, as one organization reaches them.
package struct ServiceClients: Sendable {
    package var notion: NotionClient
    package var calendars: CalendarClient

    package init(notion: NotionClient, calendars: CalendarClient) {
        (self.notion, self.calendars) = (notion, calendars)
    }
}
