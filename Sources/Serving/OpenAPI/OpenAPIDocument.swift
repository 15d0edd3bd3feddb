import JSON

/// The description of the whole HTTP service for programs, in OpenAPI 3.1.
///
/// It is Swift source and no resource, so that the program stays one file.
/// <https://spec.openapis.org/oas/v3.1.1.html>
package struct OpenAPIDocument: Sendable {
    private let version: String

    /// - Parameter version: of this program.
    package init(version: String) { self.version = version }

    /// JSON without line breaks; equal versions give equal bytes.
    package func render() -> [UInt8] {
        let document: JSON = [
            "openapi": "3.1.0",
            "info": info,
            "servers": [["url": "/"]],
            "tags": tags,
            "paths": .object(
                SpecPaths.organizations + SpecPaths.everyOrganization + SpecPaths.notion + SpecPaths.service
            ),
            "components": [
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "The value of RECONCILE_API_TOKEN. Where none is set, every write is refused.",
                    ]
                ],
                "parameters": .object(SpecComponents.parameters),
                "headers": .object(SpecComponents.headers),
                "responses": .object(SpecComponents.responses),
                "schemas": .object(SpecComponents.schemas),
            ],
        ]
        return document.bytes(.compact)
    }

    private var info: JSON {
        [
            "title": "reconcile",
            "version": .string(version),
            "summary": "Events of student organizations, from Notion to Google Calendar and to web pages.",
            "description": .string(
                """
                Reading is public; writing needs a bearer token. Errors are {"status":"error","message":…}; where the cause is \
                on our side, `reference` is an id to look for in the service's log. A method that a path does not have is answered with 405 and \
                `Allow`, a path that does not exist with 404. Bodies are read only where one is described. Parameters that only \
                pass by caches, such as `_`, are ignored.
                """
            ),
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
        ]
    }

    private var tags: JSON {
        [
            ["name": "events", "description": "What web pages and calendar programs read."],
            ["name": "sync", "description": "What officers and jobs start. Needs the token."],
            ["name": "notion", "description": "What Notion calls."],
            ["name": "service", "description": "The service itself."],
        ]
    }
}

/// The paths of the service and what can be done there.
enum SpecPaths {}

/// What the paths refer to.
enum SpecComponents {}
