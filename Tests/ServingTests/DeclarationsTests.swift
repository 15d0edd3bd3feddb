import ReconcileModel
import Reconciling
import Serving
import TestSupport
import Testing

struct DeclarationsTests {
    private let acm = Organization(prefix: "acm", name: "ACM")
    private let film = Organization(prefix: "film", name: "Film")

    @Test func `what replaces them is in force, and mends the problems`() {
        let declarations = Declarations([film])
        declarations.keep(despite: ["orgs.d/acm.yaml:1:1: unknown key"])
        #expect(declarations.problems.count == 1)
        declarations.replace(with: [film, acm])
        #expect(declarations.organizations == [acm, film])
        #expect(declarations.problems.isEmpty)
    }

    @Test func `mistakes leave the last good ones in force`() {
        let declarations = Declarations([acm])
        declarations.keep(despite: ["orgs.d/acm.yaml:1:1: unknown key"])
        #expect(declarations["acm"] == acm)
        #expect(declarations["film"] == nil)
    }

    // MARK: - Files with mistakes

    private func broken(_ prefix: String, in file: String, hidesPrefix: Bool = false) -> BrokenDeclaration {
        let place = SourceLocation(file: file, line: 1, column: 1)
        let organization = Organization(prefix: prefix, name: prefix, source: place)
        let mistake = Diagnostic(location: place, message: "unknown key")
        return BrokenDeclaration(organization, hidesPrefix: hidesPrefix, mistakes: [mistake])
    }

    private func organization(_ prefix: String, database: DatabaseID? = nil, in file: String) -> Organization {
        let place = SourceLocation(file: file, line: 1, column: 1)
        var organization = Organization(prefix: prefix, name: prefix, source: place)
        organization.notion = database.map { NotionReference(id: $0) }
        return organization
    }

    @Test func `a mistake leaves in force what the file said before, also under another prefix`() {
        let before = organization("acm", in: "a.yaml")
        let declarations = Declarations([before, film])
        declarations.replace(with: DeclaredOrganizations([], broken: [broken("acm", in: "b.yaml")]))
        #expect(declarations.organizations == [before] && declarations.problems.count == 1)
        #expect(declarations.declared.broken.isEmpty)
        declarations.replace(with: DeclaredOrganizations([], broken: [broken("asu", in: "a.yaml")]))
        #expect(declarations.organizations == [before])
        #expect(declarations.declared.mistakes(of: "asu") != nil)
    }

    @Test func `while a file hides its prefix, whatever has no file stays in force`() {
        let declarations = Declarations([organization("acm", in: "a.yaml"), organization("film", in: "f.yaml")])
        declarations.replace(
            with: DeclaredOrganizations([], broken: [broken("x.yaml", in: "x.yaml", hidesPrefix: true)])
        )
        #expect(declarations.organizations.map(\.prefix) == ["acm", "film"])
        declarations.replace(with: DeclaredOrganizations([acm]))
        #expect(declarations.organizations == [acm] && declarations.problems.isEmpty)
    }

    @Test func `what would be in the way of one that is kept waits`() {
        let acm = organization("acm", database: .sample, in: "a.yaml")
        let declarations = Declarations([acm])
        let heir = organization("asu", database: .sample, in: "b.yaml")
        let declared = DeclaredOrganizations([heir], broken: [broken("a.yaml", in: "a.yaml", hidesPrefix: true)])
        declarations.replace(with: declared)
        #expect(declarations.organizations == [acm])
        #expect(declarations.declared.mistakes(of: "asu")?.first?.message.contains("that of acm as well") == true)
        declarations.replace(with: DeclaredOrganizations([heir]))
        #expect(declarations.organizations == [heir])
    }
}
