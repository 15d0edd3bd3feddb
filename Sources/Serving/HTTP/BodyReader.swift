import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Transport

/// Reads bodies whole, as far as they are small and arrive in time.
struct BodyReader: Sendable {
    /// In bytes.
    static let limit = 1 << 20
    var timeout = Duration.seconds(20)
    let time: ElapsedTime

    func read(_ request: Request) async throws(APIError) -> Data {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > Self.limit {
            throw .tooLarge(limit: Self.limit)
        }
        let body = request.body
        let result = await withTaskGroup(of: Result<Data, APIError>?.self) { group in
            group.addTask { await collect(body) }
            group.addTask {
                do throws(CancellationError) { try await time.sleep(for: timeout) } catch { return nil }
                return .failure(.bodyTimedOut)
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
        return try (result ?? .failure(.bodyTimedOut)).get()
    }

    private func collect(_ body: RequestBody) async -> Result<Data, APIError> {
        var data = Data()
        do {
            for try await part in body {
                guard data.count + part.readableBytes <= Self.limit else {
                    return .failure(.tooLarge(limit: Self.limit))
                }
                data.append(contentsOf: part.readableBytesView)
            }
        } catch {
            return .failure(
                APIError(.badRequest, "The body ended before it was whole.", headers: [.connection: "close"])
            )
        }
        return .success(data)
    }
}
