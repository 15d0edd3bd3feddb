import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Transport

/// Reads bodies whole, as far as they are small, arrive in time, and all that arrives has room.
struct BodyReader: Sendable {
    var timeout = Duration.seconds(20)
    let budget: UnfinishedBudget
    let time: ElapsedTime

    /// - Parameter limit: in bytes.
    func read(_ request: Request, limit: Int) async throws(APIError) -> Data {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw .tooLarge(limit: limit)
        }
        let body = request.body
        let (crowding, crowded) = AsyncStream<Void>.makeStream()
        let share = budget.open { crowded.finish() }
        defer { budget.close(share) }
        let result = await withTaskGroup(of: Result<Data, APIError>?.self) { group in
            group.addTask { await collect(body, limit, share) }
            group.addTask {
                do throws(CancellationError) { try await time.sleep(for: timeout) } catch { return nil }
                return .failure(.bodyTimedOut)
            }
            group.addTask {
                for await _ in crowding {}
                return .failure(.crowded)
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
        return try (result ?? .failure(.bodyTimedOut)).get()
    }

    private func collect(
        _ body: RequestBody,
        _ limit: Int,
        _ share: UnfinishedBudget.Share
    ) async -> Result<Data, APIError> {
        var data = Data()
        do {
            for try await part in body {
                guard data.count + part.readableBytes <= limit else { return .failure(.tooLarge(limit: limit)) }
                data.append(contentsOf: part.readableBytesView)
                budget.hold(data.count, in: share)
            }
        } catch {
            return .failure(
                APIError(.badRequest, "The body ended before it was whole.", headers: [.connection: "close"])
            )
        }
        return .success(data)
    }
}
