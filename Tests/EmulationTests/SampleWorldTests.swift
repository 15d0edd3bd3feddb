import Emulation
import Foundation
import Testing

@Suite struct SampleWorldTests {
    @Test func `it has four databases, some fifty pages and a calendar that was there before`() throws {
        let world = try World.sample()
        #expect(world.notion.databases.count == 4)
        #expect((40...55).contains(world.notion.pages.count))
        #expect(world.notion.pages.values.filter(\.isInTrash).count == 1)
        let film = world.google.calendars.values.first { $0.summary == "Film Club" }
        #expect(film?.role(of: World.serviceAccount) == .owner)
        #expect(film?.liveEvents.count == 2)
        let marks = film?.liveEvents.compactMap { $0.marks["notionPageId"] } ?? []
        #expect(marks.count == 1)
        #expect(marks.allSatisfy { world.notion.pages[$0] != nil })
    }

    @Test func `it is the same every time, but for the key`() throws {
        let (first, second) = (try World.sample(), try World.sample())
        #expect(first.notion.pages.keys.sorted() == second.notion.pages.keys.sorted())
        #expect(first.google.calendars.keys.sorted() == second.google.calendars.keys.sorted())
    }

    @Test(arguments: ["acm", "robotics", "film"])
    func `the declarations name what is in it`(prefix: String) throws {
        let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "../../orgs.d"
        ).standardized
        let text = try String(contentsOf: folder.appending(path: "\(prefix).yaml"), encoding: .utf8)
        let world = try World.sample()
        let ids = text.replacing("-", with: "")
        #expect(world.notion.databases.keys.contains { ids.contains($0.replacing("-", with: "")) })
    }
}
