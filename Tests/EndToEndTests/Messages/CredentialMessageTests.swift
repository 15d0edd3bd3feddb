import Emulation
import Foundation
import Testing

/// What people are told about keys and settings that cannot be used.
struct CredentialMessageTests {
    @Test(
        arguments: [
            ("no-variables", ["NOTION_API_KEY": nil, "GOOGLE_SERVICE_ACCOUNT": nil]),
            ("no-notion-key", ["NOTION_API_KEY": ""]),
            ("no-google-key", ["GOOGLE_SERVICE_ACCOUNT": nil]),
            ("notion-key-quoted", ["NOTION_API_KEY": "ntn secret"]),
            ("google-key-missing", ["GOOGLE_SERVICE_ACCOUNT": "/nowhere/key.json"]),
            ("google-key-encoded", ["GOOGLE_SERVICE_ACCOUNT": String(repeating: "eyJ0eXBlIjoi", count: 40)]),
            ("google-key-pem", ["GOOGLE_SERVICE_ACCOUNT": "-----BEGIN PRIVATE KEY-----\nMIIE"]),
            ("google-key-folder", ["GOOGLE_SERVICE_ACCOUNT": "/usr"]),
            ("address-invalid", ["NOTION_BASE_URL": "api.notion.com"]),
            ("address-plain-http", ["NOTION_BASE_URL": "http://notion.example.com"]),
            ("rate-invalid", ["RECONCILE_NOTION_RPS": "fast"]),
            ("log-level-invalid", ["RECONCILE_LOG_LEVEL": "loud"]),
            ("timezone-unknown", ["TIMEZONE": "America/Phenix"]),
        ] as [(String, [String: String?])]
    )
    func `a variable that is missing or wrong`(name: String, changes: [String: String?]) async throws {
        try await Scenario.run(pages: 0) { scenario in
            try await scenario.expectMessage("credentials-\(name)", environment: changes)
        }
    }

    @Test(arguments: [
        ("not-json", "-----BEGIN PRIVATE KEY-----\n"),
        ("not-an-object", "[]"),
        ("oauth-client", #"{"installed":{"client_id":"1.apps.googleusercontent.com","client_secret":"s"}}"#),
        ("user-credentials", #"{"type":"authorized_user","client_id":"1","refresh_token":"r"}"#),
        (
            "no-private-key",
            #"{"type":"service_account","client_email":"a@b.iam.gserviceaccount.com","token_uri":"https://oauth2.googleapis.com/token"}"#
        ),
        (
            "broken-private-key",
            #"{"type":"service_account","client_email":"a@b.iam.gserviceaccount.com","token_uri":"https://oauth2.googleapis.com/token","private_key":"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"}"#
        ),
    ])
    func `a file that is no service account key`(name: String, content: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            try scenario.write(content, to: "key.json")
            let key = ["GOOGLE_SERVICE_ACCOUNT": scenario.path("key.json")]
            try await scenario.expectMessage("credentials-key-\(name)", environment: key)
        }
    }

    @Test func `a token that Notion does not know`() async throws {
        try await Scenario.run(pages: 0) { scenario in
            let wrong = ["NOTION_API_KEY": "ntn_wrong"]
            try await scenario.expectMessage("credentials-notion-unauthorized", environment: wrong)
        }
    }

    @Test(arguments: [
        ("invalid-signature", 400, #"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#),
        ("account-gone", 400, #"{"error":"invalid_grant","error_description":"Invalid grant: account not found"}"#),
        (
            "clock", 400,
            #"{"error":"invalid_grant","error_description":"Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."}"#
        ),
        (
            "delegation", 401,
            #"{"error":"unauthorized_client","error_description":"Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."}"#
        ),
    ])
    func `a key that Google refuses`(name: String, status: Int, body: String) async throws {
        try await Scenario.run(pages: 0) { scenario in
            scenario.emulator.add(.init(.respond(status: status, body: body), api: "token"))
            try await scenario.expectMessage("credentials-token-\(name)")
        }
    }
}
