package signin_test

import (
	"net"
	"strconv"
	"testing"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// taken listens as asked, but lets another program be first on ::1 for as many ports as others are left.
func taken(t *testing.T, others int) func(network, address string) (net.Listener, error) {
	return func(network, address string) (net.Listener, error) {
		l, err := net.Listen(network, address)
		if err == nil && network == "tcp4" && others > 0 {
			others--
			other, err := net.Listen("tcp6", "[::1]:"+strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
			if err != nil {
				t.Fatalf("the port could not be taken: %v", err)
			}
			t.Cleanup(func() { _ = other.Close() })
		}
		return l, err
	}
}

func TestAPortTakenOnTheOtherFamilyIsNotUsed(t *testing.T) {
	listeners, port, err := signin.ListenLoopback(taken(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	if len(listeners) != 2 {
		t.Fatalf("%d addresses are listened on", len(listeners))
	}
	for _, l := range listeners {
		if l.Addr().(*net.TCPAddr).Port != port || !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
			t.Errorf("it listens on %s, not on port %d of this computer", l.Addr(), port)
		}
		_ = l.Close()
	}
	_, _, err = signin.ListenLoopback(taken(t, 1000)) // every port: no half-open address is left
	mustRefuse(t, err, fault.Internal, "local address")
	mustOffer(t, err, fault.UseDeviceCode, fault.UseToken)
}

func TestWithoutIPv6OneFamilyIsEnough(t *testing.T) {
	listeners, _, err := signin.ListenLoopback(func(network, address string) (net.Listener, error) {
		if network == "tcp6" {
			return nil, &net.AddrError{Err: "no suitable address", Addr: address}
		}
		return net.Listen(network, address)
	})
	if err != nil || len(listeners) != 1 {
		t.Fatalf("%d addresses (%v)", len(listeners), err)
	}
	_ = listeners[0].Close()
}
