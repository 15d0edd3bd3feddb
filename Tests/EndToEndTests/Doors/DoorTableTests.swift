import Foundation
import Testing

/// The table is whole, and what it names is there.
struct DoorTableTests {
    private struct Cell {
        var kind: String
        var door: Door
        var words: [String]
    }

    /// A block for each group: its heading names the doors, and each further line is a kind.
    private static func cells() throws -> [Cell] {
        var cells: [Cell] = []
        for block in DoorTable.drawing.components(separatedBy: "\n\n") {
            let lines = block.split(separator: "\n").map { line in
                line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            }
            let doors = try #require(lines.first).dropFirst().compactMap(Door.init(rawValue:))
            #expect(doors == Door.allCases)
            for line in lines.dropFirst() {
                #expect(line.count == doors.count + 1, "\(line)")
                for (door, words) in zip(doors, line.dropFirst()) {
                    cells.append(Cell(kind: line[0], door: door, words: words.split(separator: " ").map(String.init)))
                }
            }
        }
        return cells
    }

    @Test func `every cell is a test or a reason`() throws {
        let cells = try Self.cells()
        for cell in cells {
            #expect(!cell.words.isEmpty, "\(cell)")
            let meanings = cell.words.compactMap { DoorTable.meanings[$0] }
            #expect(meanings.count == cell.words.count, "\(cell)")
            for case .test(_, let name, let doors?) in meanings {
                #expect(doors.contains(cell.door), "\(cell.kind), \(cell.door): \(name)")
            }
            // What cannot occur cannot be tested.
            let reasons = meanings.filter { if case .cannot = $0 { true } else { false } }
            #expect(reasons.isEmpty || meanings.count == 1, "\(cell)")
        }
        #expect(Set(cells.flatMap(\.words)) == Set(DoorTable.meanings.keys))
    }

    @Test func `every test that is named is there, and runs`() throws {
        let suites = try Self.suites()
        for case .test(let suite, let name, _) in DoorTable.meanings.values {
            let source = try #require(suites[suite], "\(suite)")
            let parts = source.components(separatedBy: "func `\(name)`(")
            try #require(parts.count == 2, "\(suite): \(name)")
            let attribute = parts[0].components(separatedBy: "@Test").last ?? ""
            #expect(parts[0].contains("@Test") && !attribute.contains("func "), "\(suite): \(name)")
            #expect(!attribute.contains(".disabled") && !attribute.contains(".enabled"), "\(suite): \(name)")
            let heading = source.components(separatedBy: "struct \(suite)").first ?? ""
            #expect(!heading.contains("@Suite"), "\(suite)")
        }
    }

    /// The files of all test targets, by the suite that each is named for.
    private static func suites() throws -> [String: String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var suites: [String: String] = [:]
        for case let file as URL in files ?? FileManager.DirectoryEnumerator() where file.pathExtension == "swift" {
            let name = file.deletingPathExtension().lastPathComponent
            guard name.hasSuffix("Tests") else { continue }
            suites[name] = try String(contentsOf: file, encoding: .utf8)
        }
        return suites
    }
}
