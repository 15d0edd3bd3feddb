package import ConfigLoading

/// Decides when a folder is to be read.
package struct FolderWatch: Sendable {
    private var last: FolderSignature?
    private var isSettled = false

    package init() {}

    /// Whether to read the folder, which looked so just before.
    ///
    /// After a change it is read once more at the next look: a file that was saved twice within one tick of the file
    /// system's clock looks the same both times.
    package mutating func needsReading(_ signature: FolderSignature) -> Bool {
        let isChanged = signature != last
        let needsReading = isChanged || !isSettled
        (last, isSettled) = (signature, !isChanged)
        return needsReading
    }
}
