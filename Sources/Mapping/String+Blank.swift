extension String {
    /// Nil where there is nothing but white space.
    var nonblank: String? { allSatisfy(\.isWhitespace) ? nil : self }
}
