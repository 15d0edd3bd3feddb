extension Duration {
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }

    /// In milliseconds, rounded up.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000_000)
        return Int(min(seconds, .max / 2000)) * 1000 + Int(whole) + (rest > 0 ? 1 : 0)
    }
}
