import Foundation
import HTTPTypes
import TestSupport
import Testing
import Transport

@Suite(.enabled(if: TLSServer.isAvailable))
struct CurlTransportTrustTests {
    private func send(_ environment: [String: String], to host: String = "127.0.0.1") async throws -> Int {
        let server = try TLSServer()
        defer { withExtendedLifetime(server) {} }
        let transport = CurlTransport(configuration: .init(environment: environment))
        return try await transport.send(OutgoingRequest(url: "https://\(host):\(server.port)/")).status
    }

    private func reason(_ environment: [String: String], to host: String = "127.0.0.1") async throws -> String {
        let error = await #expect(throws: TransportError.self) { _ = try await send(environment, to: host) }
        guard case .untrusted(_, let reason)? = error else { return "not untrusted: \(String(describing: error))" }
        return reason
    }

    @Test func `a certificate of nobody is not trusted`() async throws {
        #expect(try await reason([:]).contains("self-signed certificate"))
    }

    @Test(arguments: ["CURL_CA_BUNDLE", "SSL_CERT_FILE"])
    func `a certificate named in the environment is trusted`(variable: String) async throws {
        #expect(try await send([variable: TLSServer.certificate]) == 200)
    }

    @Test func `CURL_CA_BUNDLE comes before SSL_CERT_FILE, and empty is as good as absent`() async throws {
        #expect(try await send(["CURL_CA_BUNDLE": TLSServer.certificate, "SSL_CERT_FILE": "/nowhere"]) == 200)
        #expect(try await send(["CURL_CA_BUNDLE": "", "SSL_CERT_FILE": TLSServer.certificate]) == 200)
    }

    @Test func `a trusted certificate of another name is refused`() async throws {
        let text = try await reason(["CURL_CA_BUNDLE": TLSServer.certificate], to: "localhost")
        #expect(text.contains("localhost"))
    }

    @Test func `a file of certificates that is missing is named`() async throws {
        #expect(
            try await reason(["CURL_CA_BUNDLE": "/nowhere/ca.pem"])
                == "cannot read the CA certificates in /nowhere/ca.pem"
        )
    }

    @Test func `a server that speaks no TLS is unreachable over https`() async throws {
        let server = try LoopbackServer { connection in connection.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
        let error = await #expect(throws: TransportError.self) {
            try await CurlTransport().send(OutgoingRequest(url: "https://127.0.0.1:\(server.port)/"))
        }
        guard case .unreachable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
