package share

import "syscall"

// madeUp are file systems whose modes are options of the mount: CIFS, SMB, FAT,
// exFAT, NTFS, FUSE and the shares of virtual machines.
var madeUp = map[int64]bool{
	0xff534d42: true, 0xfe534d42: true, 0x517b: true, 0x4d44: true, 0x2011bab0: true, 0x5346544e: true, 0x7366746e: true,
	0x65735546: true, 0x01021997: true, 0x786f4256: true, 0xbacbacbc: true,
}

// realRights tells whether the modes under root are those of its files.
func realRights(root string) bool {
	var s syscall.Statfs_t
	if err := syscall.Statfs(root, &s); err != nil {
		return false
	}
	return !madeUp[int64(s.Type)&0xffffffff] //nolint:unconvert // 32 bits on some systems
}
