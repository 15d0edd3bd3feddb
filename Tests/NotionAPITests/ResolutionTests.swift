import Foundation
import HTTPTypes
import NotionAPI
import ReconcileModel
import Testing
import Transport

@Suite struct ResolutionTests {
    /// A workspace with the fixture's database, whose sources are "Events" and "Archive 2025".
    private func workspace(database: IncomingResponse? = nil) throws -> ScriptedTransport {
        let (database, dataSource) = (try database ?? .fixture("database"), try IncomingResponse.fixture("data-source"))
        return ScriptedTransport { request in
            switch request.head.path {
            case "/v1/databases/6cfb47c1-0c05-5d6d-bf24-11c6f27fc36e": database
            case "/v1/data_sources/5146e588-a80f-5baf-93b9-85875f2278f6": dataSource
            default: .notFound
            }
        }
    }

    @Test(arguments: ["Events", "5146e588-a80f-5baf-93b9-85875f2278f6", "5146E588A80F5BAF93B985875F2278F6"])
    func `a source of several is found by name or id in any form`(declared: String) async throws {
        let transport = try workspace()
        let found = try await NotionClient(transport).resolve(NotionReference(id: database), dataSource: declared)
        #expect(found.id == source)
        #expect(found.databaseID == database)
        #expect(transport.sent.count == 2)
    }

    @Test func `several sources without a choice are ambiguous`() async throws {
        let client = NotionClient(try workspace())
        await #expect(throws: NotionError.ambiguousDataSource(names: ["Events", "Archive 2025"])) {
            try await client.resolve(NotionReference(id: database), dataSource: nil)
        }
    }

    @Test(arguments: ["Event", "3e2430d8-072a-5665-b81d-000000000000"])
    func `an unknown source lists those that exist`(declared: String) async throws {
        let client = NotionClient(try workspace())
        await #expect(throws: NotionError.unknownDataSource(declared: declared, names: ["Events", "Archive 2025"])) {
            try await client.resolve(NotionReference(id: database), dataSource: declared)
        }
    }

    @Test func `two sources of the declared name are ambiguous`() async throws {
        let twins =
            #"{"id":"\#(database)","data_sources":[{"id":"\#(source)","name":"Events"},{"id":"\#(database)","name":"Events"}]}"#
        let client = NotionClient(try workspace(database: .json(twins)))
        await #expect(throws: NotionError.ambiguousDataSource(names: ["Events", "Events"])) {
            try await client.resolve(NotionReference(id: database), dataSource: "Events")
        }
    }

    @Test func `the only source needs no name`() async throws {
        let single = #"{"id":"\#(database)","title":[],"data_sources":[{"id":"\#(source)","name":"Events"}]}"#
        let client = NotionClient(try workspace(database: .json(single)))
        #expect(try await client.resolve(NotionReference(id: database), dataSource: nil).title == "Events")
    }

    @Test(arguments: [nil, "Events", "5146e588a80f5baf93b985875f2278f6"])
    func `the id of a data source in place of a database's works`(declared: String?) async throws {
        let transport = try workspace()
        let reference = NotionReference(id: DatabaseID(rawValue: source.rawValue))
        #expect(try await NotionClient(transport).resolve(reference, dataSource: declared).id == source)
        #expect(transport.paths == ["/v1/databases/\(source)", "/v1/data_sources/\(source)"])
    }

    @Test func `the id of a data source with another's name is an error`() async throws {
        let client = NotionClient(try workspace())
        await #expect(throws: NotionError.unknownDataSource(declared: "Archive 2025", names: ["Events"])) {
            try await client.resolve(
                NotionReference(id: DatabaseID(rawValue: source.rawValue)),
                dataSource: "Archive 2025"
            )
        }
    }

    @Test func `an id that is neither's is not found, as a database`() async throws {
        let client = NotionClient(ScriptedTransport(answers: [.notFound]))
        await #expect(throws: NotionError.notFound(.database, id: database.rawValue)) {
            try await client.resolve(NotionReference(id: database), dataSource: nil)
        }
    }

    @Test func `a database in the trash is an error`() async throws {
        let trashed = #"{"id":"\#(database)","in_trash":true,"data_sources":[]}"#
        let client = NotionClient(try workspace(database: .json(trashed)))
        await #expect(throws: NotionError.inTrash(.database, id: database.rawValue)) {
            try await client.resolve(NotionReference(id: database), dataSource: nil)
        }
    }

    @Test func `a failing service is not taken for a data source`() async throws {
        let transport = ScriptedTransport(answers: [.json("<html>", status: 502)])
        await #expect(throws: NotionError.service(status: 502, code: nil)) {
            try await NotionClient(transport).resolve(NotionReference(id: database), dataSource: nil)
        }
        #expect(transport.sent.count == 1)
    }
}
