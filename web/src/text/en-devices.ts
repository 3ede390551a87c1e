/** What is said about cameras and microphones, in English: at the studio and in rooms of voices. */
export const enDevices = {
  devices: {
    camera: 'Camera',
    cameraAny: 'Whichever there is',
    microphone: 'Microphone',
    microphoneAny: 'Whichever there is',
    level: 'Microphone level',
    again: 'Try again',
    heard: {
      waiting: 'Say something, and we tell you whether it comes through.',
      heard: 'We hear you.',
      silent: 'We hear nothing. Speak up, or choose another microphone.',
    },
    micOff: 'Your microphone is off.',
    micOn: 'Your microphone is on.',
    micMuted: 'Muted. Nobody hears you.',
    trouble: {
      camera: {
        denied: 'This page may not use your camera.',
        dismissed: 'The question about your camera was closed.',
        system: 'Your machine keeps the camera from this browser.',
        none: 'No camera found.',
        busy: 'Something else uses your camera.',
        insecure: 'Cameras work on secure pages only.',
        failed: 'The camera did not start.',
      },
      microphone: {
        denied: 'This page may not use your microphone.',
        dismissed: 'The question about your microphone was closed.',
        system: 'Your machine keeps the microphone from this browser.',
        none: 'No microphone found.',
        busy: 'Something else uses your microphone.',
        insecure: 'Microphones work on secure pages only.',
        failed: 'The microphone did not start.',
      },
    },
    todo: {
      denied: 'Open the site settings beside the address, allow it there, then try again.',
      dismissed: 'Try again and choose Allow.',
      system: 'Allow this browser in the privacy settings of your system, then try again.',
      none: 'Plug one in: it is found by itself.',
      busy: 'Close other programs and calls that use it, then try again.',
      insecure: 'Open this page by an address that begins with https.',
      failed: 'Unplug it and plug it in again, or choose another one.',
    },
  },
}
