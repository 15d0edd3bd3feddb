import ReconcileModel
import Reconciling
import Serving
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
}
