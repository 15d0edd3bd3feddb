import ConfigLoading
import Foundation
import ReconcileModel
import Testing

@Suite struct FolderTests {
    @Test func `a missing folder is named`() {
        let expected = Failure(
            code: "declarations_not_found",
            message: "There is no folder \"no/such/orgs.d\".",
            hint: "Run in the folder that contains it, or name it with --orgs-dir."
        )
        #expect(throws: ConfigError.unavailable(expected)) {
            try ConfigLoader(defaultTimeZone: nil).load(directory: "no/such/orgs.d")
        }
    }

    @Test func `a file in place of the folder is refused`() throws {
        let folder = try TemporaryFolder(["orgs.d": "prefix: acm\n"])
        let expected = Failure(
            code: "declarations_not_a_folder",
            message: "\"\(folder.path)/orgs.d\" is a file, not a folder of declarations.",
            hint: "Name the folder that contains it."
        )
        #expect(throws: ConfigError.unavailable(expected)) {
            try ConfigLoader(defaultTimeZone: nil).load(directory: "\(folder.path)/orgs.d")
        }
    }

    @Test(arguments: [
        [:], ["README.md": "x", ".hidden.yaml": "x", "acm.yaml~": "x", "acm.json": "{}"],
        ["_defaults.yaml": "active: true"],
    ])
    func `a folder without declarations is refused`(files: [String: String]) throws {
        let folder = try TemporaryFolder(files)
        let expected = Failure(
            code: "declarations_empty",
            message: "The folder \"\(folder.path)\" declares no organization.",
            hint: "Add a file such as \(folder.path)/acm.yaml with a prefix and a name."
        )
        #expect(throws: ConfigError.unavailable(expected)) { try folder.load() }
    }

    @Test func `organizations are sorted by prefix, whatever their files are called`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: zoo\nname: Zoo\n", "b.yml": "prefix: acm\nname: ACM\n", ".c.yaml": "broken: [",
            "d.yaml.bak": "broken: [",
        ])
        #expect(try folder.load().map(\.prefix) == ["acm", "zoo"])
    }

    @Test func `endings count in any case`() throws {
        let folder = try TemporaryFolder([
            "ACM.YAML": "prefix: acm\nname: ACM\n", "b.Yml": "prefix: b\nname: B\n",
            "_defaults.YAML": "timezone: Asia/Tokyo\n", "yaml": "broken: [",
        ])
        #expect(try folder.load().map(\.prefix) == ["acm", "b"])
        #expect(try folder.load().map(\.timeZone) == ["Asia/Tokyo", "Asia/Tokyo"])
    }

    @Test func `whether anybody named a zone is known`() throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\nname: B\ntimezone: UTC\n",
        ])
        #expect(try folder.load().map(\.isTimeZoneNamed) == [false, true])
        #expect(try folder.load(defaultTimeZone: "UTC").map(\.isTimeZoneNamed) == [true, true])
    }

    @Test(arguments: [
        "../../etc/passwd", "America/../../../etc/passwd", "posix/America/Phoenix", "right/UTC", "/etc/localtime",
    ])
    func `a zone is never a path`(name: String) throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\ntimezone: \(name)\n"])
        #expect(throws: ConfigError.self) { try folder.load() }
    }

    @Test(arguments: ["", "/"])
    func `places name the folder as it was given`(ending: String) throws {
        let folder = try TemporaryFolder(["acm.yaml": "prefix: acm\nname: ACM\nprefx: x\n"])
        let expected = Diagnostic(
            location: SourceLocation(file: "\(folder.path)/acm.yaml", line: 3, column: 1),
            message: "unknown key \"prefx\"",
            hint: "did you mean \"prefix\"?"
        )
        #expect(throws: ConfigError.invalid([expected])) {
            try ConfigLoader(defaultTimeZone: nil).load(directory: folder.path + ending)
        }
    }

    @Test func `all errors of all files are reported at once, sorted by place`() throws {
        let folder = try TemporaryFolder([
            "c.yaml": "prefix: acm\nname: ACM\n",
            "b.yaml": "timezone: Mars/Olympus\nprefix: acm\nname: [ACM]\nactive: yes\n",
            "a.yaml": "prefix: acm\nname: \"ACM\n",
            "_defaults.yaml": "deletions: never\nprefix: x\n",
        ])
        #expect(
            folder.problems() == [
                "_defaults.yaml:2:9: \"prefix\" cannot be a default; give it in the organization's own file",
                "a.yaml:3:1: not valid YAML: found unexpected end of stream while scanning a quoted scalar from line 2; "
                    + "close the quotation mark",
                "b.yaml:1:11: unknown time zone \"Mars/Olympus\"; use a name such as \"America/Phoenix\"",
                "b.yaml:3:7: \"name\" must be text, not a list",
                "b.yaml:4:9: \"active\" must be true or false, not the text \"yes\"; write true",
                "c.yaml:1:9: duplicate prefix \"acm\", first given at b.yaml:2:9; give every organization a prefix of its own",
            ]
        )
    }

    @Test func `a single file is loaded by itself`() throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: acm\nname: ACM\n", "b.yaml": "- x\n"])
        let loader = ConfigLoader(defaultTimeZone: "Europe/Berlin")
        #expect(try loader.load(file: "\(folder.path)/a.yaml").timeZone == "Europe/Berlin")
        let expected = Diagnostic(
            location: SourceLocation(file: "\(folder.path)/b.yaml", line: 1, column: 1),
            message: "a declaration must be a mapping of keys and values, not a list"
        )
        #expect(throws: ConfigError.invalid([expected])) { try loader.load(file: "\(folder.path)/b.yaml") }
    }

    @Test(arguments: [(nil, "UTC"), ("", "UTC"), ("America/Phoenix", "America/Phoenix")])
    func `the variable TIMEZONE is the zone of those that declare none`(variable: String?, expected: String) throws {
        let folder = try TemporaryFolder([
            "a.yaml": "prefix: a\nname: A\n", "b.yaml": "prefix: b\nname: B\ntimezone: Asia/Tokyo\n",
        ])
        #expect(try folder.load(defaultTimeZone: variable).map(\.timeZone) == [expected, "Asia/Tokyo"])
    }

    @Test func `an unknown zone in TIMEZONE is refused`() throws {
        let folder = try TemporaryFolder(["a.yaml": "prefix: a\nname: A\n"])
        let expected = Failure(
            code: "timezone_unknown",
            message: "The variable TIMEZONE holds an unknown time zone: \"America/Phenix\".",
            hint: "Did you mean \"America/Phoenix\"?"
        )
        #expect(throws: ConfigError.unavailable(expected)) { try folder.load(defaultTimeZone: "America/Phenix") }
    }
}
