/// Finds a small case that fails where a large one did.
package enum Shrinking {
    /// A case that fails like `failing`, but none of whose parts can be left out: each one that is made smaller passes.
    ///
    /// - Parameters:
    ///   - smaller: cases that each lack one part of the given one; none: nothing can be left out.
    ///   - fails: whether a case fails; it does of `failing`.
    package static func smallest<Case>(
        from failing: Case,
        smaller: (Case) -> [Case],
        fails: (Case) -> Bool
    ) -> Case {
        var smallest = failing
        while let next = smaller(smallest).first(where: fails) { smallest = next }
        return smallest
    }
}
