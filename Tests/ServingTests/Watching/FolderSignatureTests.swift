import ConfigLoading
import Foundation
import Serving
import TestSupport
import Testing

struct FolderSignatureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Data("prefix: acm".utf8), to: "acm.yaml")
    }

    private var signature: FolderSignature { FolderSignature(of: folder.path) }

    @Test func `a folder that nobody touches looks the same`() {
        #expect(signature == signature)
    }

    @Test func `a file that is added, changed, replaced or removed shows`() throws {
        var seen = [signature]
        func expectNews(_ what: Comment) {
            #expect(!seen.contains(signature), what)
            seen.append(signature)
        }
        try folder.write(Data("prefix: film".utf8), to: "film.yaml")
        expectNews("added")
        try folder.write(Data("prefix: film-club".utf8), to: "film.yaml")
        expectNews("another size")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_800_000_000)],
            ofItemAtPath: folder.file("film.yaml")
        )
        expectNews("another time")
        try FileManager.default.moveItem(atPath: folder.file("film.yaml"), toPath: folder.file("club.yaml"))
        expectNews("another name")
        try FileManager.default.removeItem(atPath: folder.file("club.yaml"))
        expectNews("removed")
    }

    @Test func `a file of the same size and time, put in another's place, shows`() throws {
        let date = Date(timeIntervalSince1970: 1_800_000_000)
        func put(_ text: String) throws {
            try folder.write(Data(text.utf8), to: ".new")
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.file(".new"))
            #expect(rename(folder.file(".new"), folder.file("acm.yaml")) == 0)
        }
        try put("name: ABC")
        let before = signature
        try put("name: XYZ")
        #expect(signature != before)
    }

    @Test func `files that editors hide show only in the time of the folder`() throws {
        let visible = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: visible.file("acm.yaml"),
            withDestinationPath: folder.file("acm.yaml")
        )
        let before = FolderSignature(of: visible.path)
        try folder.write(Data("swap".utf8), to: ".acm.yaml.swp")
        #expect(FolderSignature(of: visible.path) == before)
    }

    @Test func `a config map that is switched over shows`() throws {
        // As Kubernetes mounts it: the names are links into ..data, which is a link that is replaced as a whole.
        let (files, mount) = (FileManager.default, try TemporaryFolder())
        for version in ["..v1", "..v2"] {
            try files.createDirectory(atPath: mount.file(version), withIntermediateDirectories: false)
            try mount.write(Data("prefix: acm".utf8), to: "\(version)/acm.yaml")
        }
        try files.createSymbolicLink(atPath: mount.file("..data"), withDestinationPath: "..v1")
        try files.createSymbolicLink(atPath: mount.file("acm.yaml"), withDestinationPath: "..data/acm.yaml")
        let linked = try TemporaryFolder()
        try files.createSymbolicLink(atPath: linked.file("orgs.d"), withDestinationPath: mount.path)
        let before = FolderSignature(of: linked.file("orgs.d"))
        try files.createSymbolicLink(atPath: mount.file("..data_tmp"), withDestinationPath: "..v2")
        #expect(rename(mount.file("..data_tmp"), mount.file("..data")) == 0)
        #expect(FolderSignature(of: linked.file("orgs.d")) != before)
    }

    @Test func `a folder that is gone shows, and so does its return`() throws {
        let before = signature
        let missing = FolderSignature(of: folder.file("nowhere"))
        #expect(missing != before && missing == FolderSignature(of: folder.file("nowhere")))
    }

    @Test func `a link that leads nowhere shows when it leads somewhere`() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file("film.yaml"), withDestinationPath: "later")
        let before = signature
        try folder.write(Data("prefix: film".utf8), to: "later")
        #expect(signature != before)
    }

    @Test func `a folder is read at first, after a change, and once more after it`() throws {
        var watch = FolderWatch()
        let (one, two) = (signature, FolderSignature(of: folder.file("nowhere")))
        #expect([one, one, one, one].map { watch.needsReading($0) } == [true, true, false, false])
        #expect([two, one, one, one].map { watch.needsReading($0) } == [true, true, true, false])
    }
}
