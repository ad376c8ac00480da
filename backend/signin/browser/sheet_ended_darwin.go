//go:build darwin && desktop && cgo

package browser

// In a file of its own, because what C calls may not stand beside C that defines something. Written, not run.

// #include <stdint.h>
import "C"

import "runtime/cgo"

//export sightlineSheetEnded
func sightlineSheetEnded(handle C.uintptr_t) {
	cgo.Handle(handle).Value().(func())()
}
