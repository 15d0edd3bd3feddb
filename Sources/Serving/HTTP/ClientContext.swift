import Hummingbird
import NIOCore

/// A request with where it came from.
struct ClientContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The client's address without the port.
    var client: String { channel.remoteAddress?.ipAddress ?? "" }
}
