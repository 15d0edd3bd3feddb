import ReconcileModel

extension Organization {
    /// The declaration without what decides neither which events there are nor how they are shown.
    var ofEvents: Organization {
        var copy = self
        copy.source = SourceLocation(file: "", line: 1, column: 1)
        (copy.isSyncEnabled, copy.syncInterval, copy.googleCalendar) = (false, nil, nil)
        (copy.deletions, copy.maxDeletePercent) = (.auto, 0)
        return copy
    }
}
