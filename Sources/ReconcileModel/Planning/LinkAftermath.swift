/// What the link table learns once a change is carried out: decided with the plan.
package enum LinkAftermath: Hashable, Codable, Sendable {
    /// The page is linked with the event, in the version that was written.
    case link
    /// The same, of no known version: what stands there need not be what the page asks for, and the next plan compares the fields.
    case linkUnversioned
    /// The page gets the link again that it had.
    case restore(Link)
    /// The page has no event any more.
    case forget
    /// The link goes, where it is the one to this event.
    case forgetIfLinked
    /// The link stays as it is.
    case keep
}
