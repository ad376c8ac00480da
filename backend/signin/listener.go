package signin

import (
	"net"
	"strconv"

	"sightline/backend/fault"
)

// listenLoopback listens on one port of 127.0.0.1 and of ::1. Browsers take either for localhost, and a port left
// free on the other would let another program of this computer receive the answer. On a machine without IPv6 it
// is 127.0.0.1 alone.
func listenLoopback(listen func(network, address string) (net.Listener, error)) (listeners []net.Listener, port int, err error) {
	const op = "signin.listenLoopback"
	six := hasIPv6(listen)
	for range 20 { // a port may be taken on ::1 only
		four, err := listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, 0, noListener(op, err)
		}
		port := four.Addr().(*net.TCPAddr).Port
		if !six {
			return []net.Listener{four}, port, nil
		}
		other, err := listen("tcp6", "[::1]:"+strconv.Itoa(port))
		if err == nil {
			return []net.Listener{four, other}, port, nil
		}
		_ = four.Close()
	}
	return nil, 0, noListener(op, nil)
}

func hasIPv6(listen func(network, address string) (net.Listener, error)) bool {
	l, err := listen("tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

func noListener(op string, cause error) error {
	return fault.New(fault.Internal, op, "Sightline could not open the local address that your browser answers to.",
		"Check that no security program forbids local connections, or sign in by a code, which needs none.").
		Offering(fault.UseDeviceCode, fault.UseToken).Because(cause)
}
