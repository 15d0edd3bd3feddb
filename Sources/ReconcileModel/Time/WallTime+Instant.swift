extension WallTime {
    /// The instant at which clocks of a zone show this time.
    ///
    /// Clocks that are set back show some times twice: the first counts. Those set forward skip some: then the offset before
    /// the change counts, so that 02:30 becomes 03:30.
    /// - Parameter offset: the zone's offset from UTC, in seconds, at an instant in seconds since 1970.
    package func instant(offset: (Int) -> Int) -> Timestamp {
        let seconds = secondsIgnoringZone
        // No zone is a day away from UTC: the instant lies between these two, and so do all changes that matter.
        let before = offset(seconds - 86_400)
        let after = offset(seconds + 86_400)
        let early = seconds - max(before, after)
        let late = seconds - min(before, after)
        for candidate in [early, late] where candidate + offset(candidate) == seconds {
            return Timestamp(secondsSince1970: candidate)
        }
        return Timestamp(secondsSince1970: seconds - before)
    }
}
