//! Events on sentences written for these tests.
