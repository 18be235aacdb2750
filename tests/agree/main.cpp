#define BOOST_TEST_MODULE agree
#include <boost/test/unit_test.hpp>
