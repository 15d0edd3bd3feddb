package struct EventRefusal: Hashable, Codable, Sendable {
    /// What the undo would have done.
    package var action: ChangeAction
    package var page: PageID
    package var event: EventID
    /// As it stands now, as far as is known.
    package var content: EventContent?
    /// Why it is left as it is.
    package var message: String

    package init(action: ChangeAction, page: PageID, event: EventID, content: EventContent?, message: String) {
        (self.action, self.page, self.event) = (action, page, event)
        (self.content, self.message) = (content, message)
    }
}
