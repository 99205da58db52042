<?php
/** Leaves nothing behind: the settings, and the keys in them. */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'postil' );
wp_unschedule_hook( 'postil_push' );
