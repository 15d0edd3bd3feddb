import Foundation
import TestSupport

/// What becomes of the state between two runs.
enum StateFate: CaseIterable, Sendable {
    case kept, lost, rebuilt, older

    /// Whether what was published is not known any more.
    var forgets: Bool { self != .kept }

    private static let backup = "state/backup.db"

    /// - Returns: what `rebuild` printed where it failed.
    func strike(_ site: Site) async throws -> String? {
        let (files, manager) = (["", "-wal", "-shm"].map { site.statePath + $0 }, FileManager.default)
        let backup = site.folder.file(Self.backup)
        func remove() { for file in files { try? manager.removeItem(atPath: file) } }
        switch self {
        case .kept: return nil
        case .lost: remove()
        case .rebuilt:
            remove()
            let (code, printed, _) = await site.run(["state", "rebuild"])
            return code == 0 ? nil : "rebuild ended with \(code):\n\(printed)"
        case .older:
            guard manager.fileExists(atPath: backup) else { break }
            remove()
            try manager.copyItem(atPath: backup, toPath: site.statePath)
        }
        return nil
    }

    /// Keeps the state, for a later fate to bring back.
    ///
    /// - Returns: whether there is one that can be kept.
    static func keep(_ site: Site) throws -> Bool {
        let (backup, manager) = (site.folder.file(backup), FileManager.default)
        guard manager.fileExists(atPath: site.statePath), !manager.fileExists(atPath: site.statePath + "-wal") else {
            return false
        }
        try? manager.removeItem(atPath: backup)
        try manager.copyItem(atPath: site.statePath, toPath: backup)
        return true
    }
}
