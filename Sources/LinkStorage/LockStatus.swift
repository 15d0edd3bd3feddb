package import ReconcileModel

/// A lock that somebody has.
package struct LockStatus: Hashable, Sendable {
    /// Nil where the file does not tell.
    package var holder: LockHolder?
    /// When the holder last wrote, or took the lock.
    package var lastSign: Timestamp?
    /// What tells this taking of the lock from others; nil: nothing does.
    let identity: FileIdentity?

    package init(holder: LockHolder?, lastSign: Timestamp?) {
        self.init(holder: holder, lastSign: lastSign, identity: nil)
    }

    init(holder: LockHolder?, lastSign: Timestamp?, identity: FileIdentity?) {
        self.holder = holder
        self.lastSign = lastSign
        self.identity = identity
    }
}

extension LockStatus: CustomStringConvertible {
    package var description: String {
        let sign = lastSign.map { " (last sign of life \($0))" } ?? ""
        return (holder?.description ?? "its holder is not known") + sign
    }
}
