//go:build darwin && desktop && cgo

package browser

// Written, not run: there was no Mac at hand. What has to be looked at on one: that the sheet loads an address of
// this computer (http://localhost), that the answer of the directory reaches it while the sheet is open, and that a
// default browser other than Safari respects prefersEphemeralWebBrowserSession.

/*
#cgo CFLAGS: -x objective-c -fobjc-arc -mmacosx-version-min=10.15
#cgo LDFLAGS: -framework AuthenticationServices -framework AppKit -framework Foundation
#include <stdint.h>
#include <stdlib.h>
#import <AppKit/AppKit.h>
#import <AuthenticationServices/AuthenticationServices.h>

extern void sightlineSheetEnded(uintptr_t handle);

@interface SightlineSheet : NSObject <ASWebAuthenticationPresentationContextProviding>
@property(nonatomic, strong) ASWebAuthenticationSession *session;
@end

@implementation SightlineSheet
- (ASPresentationAnchor)presentationAnchorForWebAuthenticationSession:(ASWebAuthenticationSession *)session {
	NSWindow *window = NSApp.keyWindow ?: NSApp.mainWindow ?: NSApp.windows.firstObject;
	return window ?: [NSWindow new];
}
@end

// sheet_open begins on the main thread, which alone may touch windows. The returned object is released by sheet_close.
static void *sheet_open(const char *address, uintptr_t handle) {
	NSURL *url = [NSURL URLWithString:[NSString stringWithUTF8String:address]];
	SightlineSheet *sheet = [SightlineSheet new];
	void *kept = (void *)CFBridgingRetain(sheet);
	dispatch_async(dispatch_get_main_queue(), ^{
		// The answer comes to the local address, so no callback scheme is waited for: the sheet ends by us or by the person.
		sheet.session = [[ASWebAuthenticationSession alloc] initWithURL:url callbackURLScheme:nil
			completionHandler:^(NSURL *callback, NSError *error) { sightlineSheetEnded(handle); }];
		sheet.session.presentationContextProvider = sheet;
		sheet.session.prefersEphemeralWebBrowserSession = YES;
		if (![sheet.session start]) {
			sightlineSheetEnded(handle);
		}
	});
	return kept;
}

static void sheet_close(void *kept, uintptr_t handle) {
	SightlineSheet *sheet = CFBridgingRelease(kept);
	dispatch_async(dispatch_get_main_queue(), ^{
		[sheet.session cancel]; // does not call the completion handler
		sightlineSheetEnded(handle);
	});
}
*/
import "C"

import (
	"runtime/cgo"
	"sync"
	"unsafe"
)

// SheetMissing says why the sign-in sheet of macOS cannot be shown here, or "" when it can.
func SheetMissing() string { return "" }

// OpenSheet shows address in the sign-in sheet of macOS.
func OpenSheet(address string) (*Sheet, error) {
	var ending, dismissing sync.Once
	sheet := &Sheet{closed: make(chan struct{})}
	// Never deleted: the completion handler may come late, and there are few sign-ins.
	handle := cgo.NewHandle(func() { ending.Do(func() { close(sheet.closed) }) })
	text := C.CString(address)
	kept := C.sheet_open(text, C.uintptr_t(handle))
	C.free(unsafe.Pointer(text))
	sheet.dismiss = func() { dismissing.Do(func() { C.sheet_close(kept, C.uintptr_t(handle)) }) }
	return sheet, nil
}
