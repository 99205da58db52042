import { mount } from 'svelte'
import { readPurpose } from './purpose.ts'
import SignIn from './SignIn.svelte'

const target = document.getElementById('signin')
if (target) mount(SignIn, { target, props: { purpose: readPurpose(window.location) } })
