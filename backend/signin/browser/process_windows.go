package browser

import (
	"os/exec"
	"unsafe"

	"golang.org/x/sys/windows"
)

// processGroup is the job object of the browser with its children. Windows ends them all when its last handle
// is closed, also when Sightline itself is killed. Cross-built here; not run on Windows yet.
type processGroup struct{ job windows.Handle }

func startGroup(cmd *exec.Cmd) (processGroup, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return processGroup{}, err
	}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	if _, err := windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info))); err != nil {
		_ = windows.CloseHandle(job)
		return processGroup{}, err
	}
	if err := cmd.Start(); err != nil {
		_ = windows.CloseHandle(job)
		return processGroup{}, err
	}
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(cmd.Process.Pid))
	if err == nil {
		err = windows.AssignProcessToJobObject(job, process)
		_ = windows.CloseHandle(process)
	}
	if err != nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = windows.CloseHandle(job)
		return processGroup{}, err
	}
	return processGroup{job}, nil
}

// terminate ends the job: a window on Windows has no polite signal that reaches all of its processes.
func (g processGroup) terminate() { _ = windows.TerminateJobObject(g.job, 1) }

func (g processGroup) kill() { _ = windows.TerminateJobObject(g.job, 1) }

func (g processGroup) ended() { _ = windows.TerminateJobObject(g.job, 0) }

// release closes the job, which ends whatever is left in it. Nothing may be called after it.
func (g processGroup) release() { _ = windows.CloseHandle(g.job) }

// endAll has nothing to do: the job object has ended them, also after a crash of Sightline.
func endAll(string) {}
