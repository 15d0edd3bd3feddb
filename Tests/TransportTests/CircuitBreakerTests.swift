import Testing
import Transport

struct CircuitBreakerTests {
    private func broken(_ failures: Int = 5) -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: 5, coolDown: .seconds(30))
        for _ in 0..<failures { breaker.failed(at: .zero) }
        return breaker
    }

    @Test func `it lets everything pass until enough requests failed in a row`() {
        var breaker = broken(4)
        #expect(breaker.admit(at: .zero) == .granted)
        breaker.failed(at: .seconds(1))
        #expect(breaker.isOpen)
        #expect(breaker.admit(at: .seconds(2)) == .refused(failures: 5, wait: .seconds(29)))
    }

    @Test func `an answer in between starts the count anew`() {
        var breaker = broken(4)
        breaker.answered()
        for _ in 0..<4 { breaker.failed(at: .zero) }
        #expect(breaker.admit(at: .zero) == .granted)
    }

    @Test func `after a while one request finds out, and the others wait for it`() {
        var breaker = broken()
        #expect(breaker.admit(at: .seconds(30)) == .probe)
        #expect(breaker.admit(at: .seconds(31)) == .refused(failures: 5, wait: .seconds(29)))
    }

    @Test func `a probe that is answered opens the way`() {
        var breaker = broken()
        #expect(breaker.admit(at: .seconds(30)) == .probe)
        breaker.answered()
        #expect(breaker.admit(at: .seconds(30)) == .granted)
        #expect(!breaker.isOpen)
    }

    @Test func `a probe that fails closes it for as long again`() {
        var breaker = broken()
        #expect(breaker.admit(at: .seconds(40)) == .probe)
        breaker.failed(at: .seconds(41))
        #expect(breaker.admit(at: .seconds(70)) == .refused(failures: 6, wait: .seconds(1)))
        #expect(breaker.admit(at: .seconds(71)) == .probe)
    }

    @Test func `a probe that ends without a word leaves it to the next`() {
        var breaker = broken()
        #expect(breaker.admit(at: .seconds(30)) == .probe)
        breaker.abandonProbe(at: .seconds(31))
        #expect(breaker.admit(at: .seconds(31)) == .probe)
    }

    @Test func `requests that were under way and fail later do not prolong the wait`() {
        var breaker = broken()
        breaker.failed(at: .seconds(20))
        #expect(breaker.admit(at: .seconds(30)) == .probe)
    }
}
