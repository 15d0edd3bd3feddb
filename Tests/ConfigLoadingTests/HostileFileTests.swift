import ConfigLoading
import Foundation
import ReconcileModel
import Testing

@Suite struct HostileFileTests {
    private static let tooLarge =
        "a.yaml:1:1: the file is larger than 1,048,576 bytes; a declaration takes a few lines; remove what does not belong to it"

    @Test(
        arguments: [
            (
                [0x61, 0x3A, 0x20, 0xFF],
                "1:4: the file is not UTF-8: the byte 0xFF at offset 3 is not part of a character"
            ),
            (
                Array("é: 1\né: ".utf8) + [0xC3, 0x28],
                "2:4: the file is not UTF-8: the byte 0xC3 at offset 10 is not part of a character"
            ),
            (
                [0xEF, 0xBB, 0xBF, 0x80],
                "1:1: the file is not UTF-8: the byte 0x80 at offset 3 is not part of a character"
            ),
            (
                Array("a: b\r\n".utf8) + [0xE2, 0x82],
                "2:1: the file is not UTF-8: the byte 0xE2 at offset 6 is not part of a character"
            ),
            // Overlong and surrogate forms are no UTF-8 either.
            ([0xC0, 0xAF], "1:1: the file is not UTF-8: the byte 0xC0 at offset 0 is not part of a character"),
            ([0xED, 0xA0, 0x80], "1:1: the file is not UTF-8: the byte 0xED at offset 0 is not part of a character"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1: the file is UTF-16, not UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x61], "1:1: the file is UTF-16, not UTF-8"),
        ] as [([UInt8], String)]
    )
    func `only UTF-8 is read`(bytes: [UInt8], expected: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(bytes), to: "a.yaml")
        #expect(folder.problems() == ["a.yaml:\(expected); save it as UTF-8"])
    }

    @Test(arguments: [
        ("prefix: acm\nname: é\u{7}\n", "2:8: the character U+0007 is not allowed; remove it"),
        ("prefix: \0\n", "1:9: the character U+0000 is not allowed; remove it"),
        ("prefix: a\u{FEFF}cm\n", "1:10: the character U+FEFF is not allowed; remove it"),
        ("# \u{7F}\n", "1:3: the character U+007F is not allowed; remove it"),
    ])
    func `control characters are refused where they stand`(content: String, expected: String) throws {
        #expect(try problems(content) == [expected])
    }

    @Test func `a file of 100 MB is refused without being read`() throws {
        let folder = try TemporaryFolder(["a.yaml": ""])
        #expect(truncate("\(folder.path)/a.yaml", 100_000_000) == 0)
        #expect(folder.problems() == [Self.tooLarge])
    }

    @Test func `the size limit is exact`() throws {
        let folder = try TemporaryFolder()
        let start = "prefix: acm\nname: ACM\n#"
        let padding = String(repeating: "x", count: (1 << 20) - start.utf8.count)
        try folder.write(start + padding, to: "a.yaml")
        #expect(folder.problems() == nil)
        try folder.write(start + padding + "x", to: "a.yaml")
        #expect(folder.problems() == [Self.tooLarge])
    }

    @Test func `a file that has no size is read up to the limit`() throws {
        let folder = try TemporaryFolder()
        try folder.link("a.yaml", to: "/proc/self/maps")
        let problems = try #require(folder.problems(limits: YAMLLimits(bytes: 100)))
        #expect(problems.first?.hasPrefix("a.yaml:1:1: the file is larger than 100 bytes") == true)
    }

    @Test(arguments: [("/dev/zero", "a device"), ("/dev/null", "a device"), ("/tmp", "a folder")])
    func `a link to what is no file is refused`(target: String, kind: String) throws {
        let folder = try TemporaryFolder()
        try folder.link("a.yaml", to: target)
        #expect(
            folder.problems() == [
                "a.yaml:1:1: this is \(kind), not a file; remove or rename it; every *.yaml and *.yml is a declaration"
            ]
        )
    }

    @Test func `a pipe is refused without waiting for a writer`() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo("\(folder.path)/a.yaml", 0o600) == 0)
        #expect(
            folder.problems() == [
                "a.yaml:1:1: this is a pipe, not a file; remove or rename it; every *.yaml and *.yml is a declaration"
            ]
        )
    }

    @Test func `a link to a file is followed, one to nothing is named`() throws {
        let folder = try TemporaryFolder(["acm.txt": "prefix: acm\nname: ACM\n"])
        try folder.link("a.yaml", to: "acm.txt")
        #expect(try folder.load().map(\.prefix) == ["acm"])
        try folder.link("b.yaml", to: "nothing.txt")
        #expect(
            folder.problems() == [
                "b.yaml:1:1: the file cannot be read: No such file or directory; check that it exists and who may read it"
            ]
        )
    }
}
