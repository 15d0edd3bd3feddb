/// Whether a listing of pages is known to hold them all. Only a complete one can prove that a page is not there.
package enum ListingState: Sendable, Equatable {
    case complete
    case incomplete(Failure)
}
